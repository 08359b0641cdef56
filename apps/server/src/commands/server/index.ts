import type { Definition } from '../../command/define-command';
import { command } from './command';
import { config } from './config';
import { dbsize } from './dbsize';
import { debug } from './debug';
import { flushall } from './flushall';
import { flushdb } from './flushdb';
import { info } from './info';
import { lastsave } from './lastsave';
import { latency } from './latency';
import { lolwut } from './lolwut';
import { memory } from './memory';
import { module } from './module';
import { monitor } from './monitor';
import { role } from './role';
import { shutdown } from './shutdown';
import { slowlog } from './slowlog';
import { swapdb } from './swapdb';
import { time } from './time';

/** Commands for the whole server. */
export const serverCommands: readonly Definition[] = [
  command,
  config,
  dbsize,
  debug,
  flushall,
  flushdb,
  info,
  lastsave,
  latency,
  lolwut,
  memory,
  module,
  monitor,
  role,
  shutdown,
  slowlog,
  swapdb,
  time,
];
