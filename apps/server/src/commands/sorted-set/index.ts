import type { Definition } from '../../command/define-command';
import { bzmpop } from './bzmpop';
import { bzpopmax } from './bzpopmax';
import { bzpopmin } from './bzpopmin';
import { zadd } from './zadd';
import { zcard } from './zcard';
import { zcount } from './zcount';
import { zdiff } from './zdiff';
import { zdiffstore } from './zdiffstore';
import { zincrby } from './zincrby';
import { zinter } from './zinter';
import { zintercard } from './zintercard';
import { zinterstore } from './zinterstore';
import { zlexcount } from './zlexcount';
import { zmpop } from './zmpop';
import { zmscore } from './zmscore';
import { zpopmax } from './zpopmax';
import { zpopmin } from './zpopmin';
import { zrandmember } from './zrandmember';
import { zrange } from './zrange';
import { zrangebylex } from './zrangebylex';
import { zrangebyscore } from './zrangebyscore';
import { zrangestore } from './zrangestore';
import { zrank } from './zrank';
import { zrem } from './zrem';
import { zremrangebylex } from './zremrangebylex';
import { zremrangebyrank } from './zremrangebyrank';
import { zremrangebyscore } from './zremrangebyscore';
import { zrevrange } from './zrevrange';
import { zrevrangebylex } from './zrevrangebylex';
import { zrevrangebyscore } from './zrevrangebyscore';
import { zrevrank } from './zrevrank';
import { zscan } from './zscan';
import { zscore } from './zscore';
import { zunion } from './zunion';
import { zunionstore } from './zunionstore';

/** Sorted sets: distinct members ordered by a score. */
export const sortedSetCommands: readonly Definition[] = [
  bzmpop,
  bzpopmax,
  bzpopmin,
  zadd,
  zcard,
  zcount,
  zdiff,
  zdiffstore,
  zincrby,
  zinter,
  zintercard,
  zinterstore,
  zlexcount,
  zmpop,
  zmscore,
  zpopmax,
  zpopmin,
  zrandmember,
  zrange,
  zrangebylex,
  zrangebyscore,
  zrangestore,
  zrank,
  zrem,
  zremrangebylex,
  zremrangebyrank,
  zremrangebyscore,
  zrevrange,
  zrevrangebylex,
  zrevrangebyscore,
  zrevrank,
  zscan,
  zscore,
  zunion,
  zunionstore,
];
