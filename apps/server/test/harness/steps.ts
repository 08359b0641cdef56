import { type CommandText, encodeRequest } from './command-line';

/** How two replies are compared: by their bytes, or after what may differ was taken out. */
export type Comparison =
  | { how: 'exact' }
  | { how: 'unordered'; depth: number }
  | { how: 'shape' }
  | { how: 'approx'; tolerance: number }
  | { how: 'masked'; pattern: RegExp; lines?: 'unordered' }
  | { how: 'except'; fields: readonly string[] }
  | { how: 'ignore' };

/** The texts of the replies that this side gave so far in this case, one per step; '' where a step read none. */
export type SeenReplies = readonly string[];

/** One step of a case, as the builders below make it. */
export interface Step {
  client: string;
  /** What is sent; empty when the step only reads. Gets the replies that the same server gave before. */
  send: ((seen: SeenReplies) => Buffer) | null;
  /**
   * `reply` reads one reply, `nothing` reads none, `rest` reads until the server closes, `scan` follows the cursor, `silence` wants
   * that nothing comes, `pause` waits, `until` repeats, `end` closes.
   */
  read: 'reply' | 'nothing' | 'rest' | 'scan' | 'silence' | 'pause' | 'until' | 'end';
  comparison: Comparison;
  /** How the step shows in messages. */
  label: string;
  milliseconds: number;
  /** What `until` waits for. */
  awaited: string;
  /** Names of parameters that the step sets, to be put back after the case. */
  configures: readonly string[];
}

/** A step, or a plain command that is sent on the first client and compared byte for byte; a string may hold several. */
export type StepLike = Step | CommandText;

function labelOf(command: CommandText): string {
  const label = typeof command === 'string' ? command : command.map((part) => String(part)).join(' ');
  return label.length > 160 ? `${label.slice(0, 157)}...` : label;
}

function configuredParameters(command: CommandText): string[] {
  const words = typeof command === 'string' ? command.split(/ +/) : command.map(String);
  if (words[0]?.toLowerCase() !== 'config' || words[1]?.toLowerCase() !== 'set') return [];
  return words.filter((_, i) => i >= 2 && i % 2 === 0).map((word) => word.toLowerCase());
}

/** Splits the strings that hold several commands, separated by a semicolon and a blank. */
export function expandSteps(likes: readonly StepLike[]): StepLike[] {
  return likes.flatMap((like): StepLike[] => (typeof like === 'string' ? like.split(/; +/) : [like]));
}

/** Makes a step of anything that a case may contain. */
export function toStep(like: StepLike): Step {
  if (typeof like === 'object' && 'comparison' in like) return like;
  const command: CommandText = like;
  return {
    client: 'main',
    send: () => encodeRequest(command),
    read: 'reply',
    comparison: { how: 'exact' },
    label: labelOf(command),
    milliseconds: 0,
    awaited: '',
    configures: configuredParameters(command),
  };
}

const compared =
  (comparison: Comparison) =>
  (like: StepLike): Step => ({ ...toStep(like), comparison });

/** The items of the reply may come in any order, and so may the pairs of a map. */
export const unordered = compared({ how: 'unordered', depth: 1 });
/** Only types, lengths of aggregates and the names in `name:value` and `name=value` texts must agree. */
export const shape = compared({ how: 'shape' });
/** Whatever the reply, it is not compared; but there must be one. */
export const ignore = compared({ how: 'ignore' });

/** Numbers of the reply may differ by `tolerance`. */
export function approx(like: StepLike, tolerance = 1): Step {
  return { ...toStep(like), comparison: { how: 'approx', tolerance } };
}

/** What `pattern` (global) matches in texts of the reply may differ. */
export function masked(pattern: RegExp, like: StepLike): Step {
  return { ...toStep(like), comparison: { how: 'masked', pattern } };
}

/** The values behind these names (blanks separate them) may differ, in a map or an array that alternates names and values. */
export function except(fields: string, like: StepLike): Step {
  return { ...toStep(like), comparison: { how: 'except', fields: fields.split(' ') } };
}

/** As `masked`, and the lines of texts may come in any order (Redis walks a hash table there). */
export function maskedLines(pattern: RegExp, like: StepLike): Step {
  return { ...toStep(like), comparison: { how: 'masked', pattern, lines: 'unordered' } };
}

/** Does the step on the client of that name; a connection is made when a name comes up first. */
export function on(client: string, like: StepLike): Step {
  return { ...toStep(like), client };
}

/** Sends without waiting for a reply; `answer` reads it later. */
export function later(like: StepLike): Step {
  return { ...toStep(like), read: 'nothing' };
}

/** Sends bytes that are no well-formed command; `answer` and `silence` tell what came of it. */
export function bytes(text: string | Buffer, label = JSON.stringify(String(text).slice(0, 80))): Step {
  const raw = Buffer.isBuffer(text) ? text : Buffer.from(text, 'latin1');
  return { ...toStep([]), send: () => raw, read: 'nothing', label: `bytes ${label}` };
}

/** Reads the next reply, or that the connection was closed. */
export function answer(comparison: Comparison = { how: 'exact' }): Step {
  return { ...toStep([]), send: null, comparison, label: '(next reply)' };
}

/** Reads all that comes until the server closes the connection, a reply that is cut off included. */
export function rest(): Step {
  return { ...toStep([]), send: null, read: 'rest', label: '(all until the connection is closed)' };
}

/** Nothing may arrive for that time. */
export function silence(milliseconds = 60): Step {
  return { ...toStep([]), send: null, read: 'silence', label: '(silence)', milliseconds };
}

/** Waits for so many milliseconds of real time. */
export function pause(milliseconds: number): Step {
  return { ...toStep([]), send: null, read: 'pause', label: `(${milliseconds} ms)`, milliseconds };
}

/** Closes the connection of the client of that name; the name is that of a new connection afterwards. */
export function hangUp(client: string): Step {
  return { ...toStep([]), client, send: null, read: 'end', label: `(${client} hangs up)` };
}

/** Repeats a command until its reply contains that text: for what the server does by itself. Gives up after ten seconds. */
export function until(awaited: string, like: StepLike): Step {
  return { ...toStep(like), read: 'until', awaited };
}

/**
 * Iterates SCAN (or `HSCAN key`, `SSCAN key`, `ZSCAN key`) from 0 until its cursor is 0 again and compares the set of what
 * came, without duplicates: keys or members, pairs for HSCAN and ZSCAN.
 */
export function fullScan(options = '', command = 'SCAN'): Step {
  return { ...toStep(`${command} 0 ${options}`), read: 'scan', label: `${command} until 0 ${options}` };
}

/** A command made from what the same server answered before. */
export function computed(label: string, command: (seen: SeenReplies) => CommandText): Step {
  return { ...toStep([]), send: (seen) => encodeRequest(command(seen)), label };
}

/** Sends these commands in one write, so that the server executes them in one go; `answer` reads their replies. */
export function together(label: string, commands: (seen: SeenReplies) => readonly CommandText[]): Step {
  return {
    ...toStep([]),
    send: (seen) => Buffer.concat(commands(seen).map(encodeRequest)),
    read: 'nothing',
    label: `together: ${label}`,
  };
}
