import type { Definition } from '../../command/define-command';
import { pfadd } from './pfadd';
import { pfcount } from './pfcount';
import { pfdebug } from './pfdebug';
import { pfmerge } from './pfmerge';
import { pfselftest } from './pfselftest';

/** HyperLogLogs: strings that estimate the number of distinct elements added to them. */
export const hyperLogLogCommands: readonly Definition[] = [pfadd, pfcount, pfdebug, pfmerge, pfselftest];
