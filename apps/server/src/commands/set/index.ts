import type { Definition } from '../../command/define-command';
import { sadd } from './sadd';
import { scard } from './scard';
import { sdiff } from './sdiff';
import { sdiffstore } from './sdiffstore';
import { sinter } from './sinter';
import { sintercard } from './sintercard';
import { sinterstore } from './sinterstore';
import { sismember } from './sismember';
import { smembers } from './smembers';
import { smismember } from './smismember';
import { smove } from './smove';
import { spop } from './spop';
import { srandmember } from './srandmember';
import { srem } from './srem';
import { sscan } from './sscan';
import { sunion } from './sunion';
import { sunionstore } from './sunionstore';

/** Sets: unordered distinct members. */
export const setCommands: readonly Definition[] = [
  sadd,
  scard,
  sdiff,
  sdiffstore,
  sinter,
  sintercard,
  sinterstore,
  sismember,
  smembers,
  smismember,
  smove,
  spop,
  srandmember,
  srem,
  sscan,
  sunion,
  sunionstore,
];
