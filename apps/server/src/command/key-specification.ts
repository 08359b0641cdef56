/** What a command does with a key, in Redis' words. */
export type KeyFlag =
  | 'RO'
  | 'RW'
  | 'OW'
  | 'RM'
  | 'access'
  | 'update'
  | 'insert'
  | 'delete'
  | 'not_key'
  | 'incomplete'
  | 'variable_flags';

/** A key among the arguments of a call: its index, and what the command does with it. */
export interface FoundKey {
  readonly index: number;
  readonly flags: readonly KeyFlag[];
}

/** Which arguments of a command are keys: where the search begins, and how it continues. */
export interface KeySpecification {
  readonly flags: readonly KeyFlag[];
  readonly notes?: string;
  readonly begin: { readonly index: number } | { readonly keyword: string; readonly startFrom: number } | 'unknown';
  readonly find:
    | {
        /** Relative to the first key; negative: relative to the last argument. */
        readonly lastKey: number;
        readonly step: number;
        /** With a negative `lastKey`: only the first 1/limit of the remaining arguments are keys; 0 and 1 mean all. */
        readonly limit: number;
      }
    | { readonly keyCountIndex: number; readonly firstKey: number; readonly step: number }
    | 'unknown';
}

/** One key, at argument `index`. */
export function keyAt(index: number, flags: readonly KeyFlag[], notes?: string): KeySpecification {
  return {
    flags,
    ...(notes === undefined ? {} : { notes }),
    begin: { index },
    find: { lastKey: 0, step: 1, limit: 0 },
  };
}

/** Keys from argument `index` to the last one, every `step`-th. */
export function keysFrom(index: number, flags: readonly KeyFlag[], step = 1): KeySpecification {
  return { flags, begin: { index }, find: { lastKey: -1, step, limit: 0 } };
}
