import type { Definition } from '../../command/define-command';
import { command } from './command';
import { config } from './config';
import { dbsize } from './dbsize';
import { flushall } from './flushall';
import { flushdb } from './flushdb';
import { info } from './info';
import { time } from './time';

/** What concerns the server as a whole. */
export const serverCommands: readonly Definition[] = [command, config, dbsize, flushall, flushdb, info, time];
