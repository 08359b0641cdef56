import type { Definition } from '../../command/define-command';
import { zadd } from './zadd';
import { zcard } from './zcard';
import { zcount } from './zcount';
import { zincrby } from './zincrby';
import { zlexcount } from './zlexcount';
import { zmscore } from './zmscore';
import { zrange } from './zrange';
import { zrangebylex } from './zrangebylex';
import { zrangebyscore } from './zrangebyscore';
import { zrank } from './zrank';
import { zrem } from './zrem';
import { zremrangebylex } from './zremrangebylex';
import { zremrangebyrank } from './zremrangebyrank';
import { zremrangebyscore } from './zremrangebyscore';
import { zrevrange } from './zrevrange';
import { zrevrangebylex } from './zrevrangebylex';
import { zrevrangebyscore } from './zrevrangebyscore';
import { zrevrank } from './zrevrank';
import { zscore } from './zscore';

/** Sorted sets: members, each with a score that orders them. */
export const sortedSetCommands: readonly Definition[] = [
  zadd,
  zcard,
  zcount,
  zincrby,
  zlexcount,
  zmscore,
  zrange,
  zrangebylex,
  zrangebyscore,
  zrank,
  zrem,
  zremrangebylex,
  zremrangebyrank,
  zremrangebyscore,
  zrevrange,
  zrevrangebylex,
  zrevrangebyscore,
  zrevrank,
  zscore,
];
