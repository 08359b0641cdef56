import type { Definition } from '../../command/define-command';
import { sadd } from './sadd';
import { scard } from './scard';
import { sismember } from './sismember';
import { smembers } from './smembers';
import { smismember } from './smismember';
import { srem } from './srem';

/** Sets: distinct members under a key, in no order. */
export const setCommands: readonly Definition[] = [sadd, scard, sismember, smembers, smismember, srem];
