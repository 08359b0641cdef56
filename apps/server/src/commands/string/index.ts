import type { Definition } from '../../command/define-command';
import { get } from './get';
import { set } from './set';

/** Strings: one value of bytes under a key. */
export const stringCommands: readonly Definition[] = [get, set];
