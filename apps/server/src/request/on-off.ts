import { SYNTAX_ERROR } from '../errors';
import type { Arguments } from './arguments';

/**
 * Whether the argument at `index` says `on` (true) or `off` (false), in any case.
 * @throws ReplyError SYNTAX_ERROR where it says neither.
 */
export function requireOnOff(args: Arguments, index: number): boolean {
  if (args.equals(index, 'on')) return true;
  if (args.equals(index, 'off')) return false;
  throw SYNTAX_ERROR;
}
