import type { Arguments } from '../request/arguments';
import { parseInteger } from '../values/integer';
import type { CommandFacts } from './command-facts';
import type { FoundKey, KeySpecification } from './key-specification';

/** Whether a command has keys (channels are none). O(specifications). */
export function hasKeys(definition: CommandFacts): boolean {
  return definition.findKeys !== undefined || (definition.keys ?? []).some(isOfKeys);
}

/**
 * The keys of a call, in the order of the command's key specifications; none if the arguments are invalid. If the
 * specifications are incomplete or depend on the arguments, the command's own `findKeys` decides, as in
 * getKeysFromCommandWithSpecs of redis-server 7.0. O(arguments).
 */
export function findKeys(definition: CommandFacts, args: Arguments): readonly FoundKey[] {
  const { keys = [] } = definition;
  const isVariable = definition.findKeys !== undefined && keys.some(({ flags }) => flags.includes('variable_flags'));
  const found = keys.length === 0 || isVariable ? null : findBySpecifications(keys, args);
  return found ?? definition.findKeys?.(args) ?? (isVariable ? (findBySpecifications(keys, args) ?? []) : []);
}

function isOfKeys({ flags }: KeySpecification): boolean {
  return !flags.includes('not_key');
}

/** The keys that the specifications find, or null if one of them cannot find its keys. */
function findBySpecifications(keys: readonly KeySpecification[], args: Arguments): FoundKey[] | null {
  const found: FoundKey[] = [];
  for (const key of keys) {
    if (!isOfKeys(key)) continue;
    const begin = beginOf(key, args);
    if (begin === null) return null;
    if (begin === 0) continue;
    const range = rangeFrom(key, begin, args);
    if (range === null) return null;
    const { first, last, step } = range;
    if (last >= args.count || last < first || first >= args.count) return null;
    for (let index = first; index <= last; index += step) found.push({ index, flags: key.flags });
    if (key.flags.includes('incomplete')) return null;
  }
  return found;
}

/** Where the search for keys begins: an index, 0 if the keyword is missing, null if that is unknown. */
function beginOf({ begin }: KeySpecification, args: Arguments): number | null {
  if (begin === 'unknown') return null;
  if ('index' in begin) return begin.index;
  const keyword = begin.keyword.toLowerCase();
  if (begin.startFrom < 0) {
    // Redis looks at this one argument only, although its documentation describes a search backward.
    const index = args.count + begin.startFrom;
    return index > 0 && args.equals(index, keyword) ? index + 1 : 0;
  }
  for (let index = begin.startFrom; index < args.count - 1; index++) if (args.equals(index, keyword)) return index + 1;
  return 0;
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

function rangeFrom({ find }: KeySpecification, begin: number, args: Arguments): Range | null {
  if (find === 'unknown') return null;
  if ('lastKey' in find) return { first: begin, last: lastOf(find, begin, args.count), step: find.step };
  const countIndex = begin + find.keyCountIndex;
  if (countIndex >= args.count) return null;
  const count = parseInteger(args.bytes, args.start(countIndex), args.end(countIndex));
  if (Number.isNaN(count) || count < 0) return null;
  const first = begin + find.firstKey;
  return { first, last: first + (count - 1) * find.step, step: find.step };
}

function lastOf(find: { readonly lastKey: number; readonly limit: number }, begin: number, count: number): number {
  if (find.lastKey >= 0) return begin + find.lastKey;
  if (find.limit === 0) return count + find.lastKey;
  return begin + Math.floor((count - begin) / find.limit) + find.lastKey;
}
