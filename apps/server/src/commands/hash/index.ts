import type { Definition } from '../../command/define-command';
import { hdel } from './hdel';
import { hexists } from './hexists';
import { hget } from './hget';
import { hgetall } from './hgetall';
import { hincrby } from './hincrby';
import { hincrbyfloat } from './hincrbyfloat';
import { hkeys } from './hkeys';
import { hlen } from './hlen';
import { hmget } from './hmget';
import { hmset } from './hmset';
import { hrandfield } from './hrandfield';
import { hscan } from './hscan';
import { hset } from './hset';
import { hsetnx } from './hsetnx';
import { hstrlen } from './hstrlen';
import { hvals } from './hvals';

/** Hashes: fields with values. */
export const hashCommands: readonly Definition[] = [
  hdel,
  hexists,
  hget,
  hgetall,
  hincrby,
  hincrbyfloat,
  hkeys,
  hlen,
  hmget,
  hmset,
  hrandfield,
  hscan,
  hset,
  hsetnx,
  hstrlen,
  hvals,
];
