import { StringCopy } from '../../values/string-copy';

/**
 * The old value that a command replaces and replies with. Module state, shared by all servers of the process: a command keeps and
 * replies with the value before any other command runs.
 */
export const oldValue = new StringCopy();
