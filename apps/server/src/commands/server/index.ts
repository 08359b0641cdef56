import type { Definition } from '../../command/define-command';
import { dbsize } from './dbsize';

/** What concerns the server as a whole. */
export const serverCommands: readonly Definition[] = [dbsize];
