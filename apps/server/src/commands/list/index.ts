import type { Definition } from '../../command/define-command';
import { blmove } from './blmove';
import { blmpop } from './blmpop';
import { blpop } from './blpop';
import { brpop } from './brpop';
import { brpoplpush } from './brpoplpush';
import { lindex } from './lindex';
import { linsert } from './linsert';
import { llen } from './llen';
import { lmove } from './lmove';
import { lmpop } from './lmpop';
import { lpop } from './lpop';
import { lpos } from './lpos';
import { lpush } from './lpush';
import { lpushx } from './lpushx';
import { lrange } from './lrange';
import { lrem } from './lrem';
import { lset } from './lset';
import { ltrim } from './ltrim';
import { rpop } from './rpop';
import { rpoplpush } from './rpoplpush';
import { rpush } from './rpush';
import { rpushx } from './rpushx';

/** Lists: sequences of elements with fast access to both ends, and the commands that block on them. */
export const listCommands: readonly Definition[] = [
  blmove,
  blmpop,
  blpop,
  brpop,
  brpoplpush,
  lindex,
  linsert,
  llen,
  lmove,
  lmpop,
  lpop,
  lpos,
  lpush,
  lpushx,
  lrange,
  lrem,
  lset,
  ltrim,
  rpop,
  rpoplpush,
  rpush,
  rpushx,
];
