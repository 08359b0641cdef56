import { StringCopy } from '../../values/string-copy';

/**
 * The old value that a command replaces and replies with. Scratch of one call: valid until the command ends or calls another command.
 */
export const oldValue = new StringCopy();
