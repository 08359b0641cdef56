import type { Definition } from '../../command/define-command';
import { copy } from './copy';
import { del } from './del';
import { exists } from './exists';
import { expire } from './expire';
import { expireat } from './expireat';
import { expiretime } from './expiretime';
import { keys } from './keys';
import { move } from './move';
import { object } from './object';
import { persist } from './persist';
import { pexpire } from './pexpire';
import { pexpireat } from './pexpireat';
import { pexpiretime } from './pexpiretime';
import { pttl } from './pttl';
import { randomkey } from './randomkey';
import { rename } from './rename';
import { renamenx } from './renamenx';
import { scan } from './scan';
import { sort } from './sort';
import { sortRo } from './sort-ro';
import { touch } from './touch';
import { ttl } from './ttl';
import { type } from './type';
import { unlink } from './unlink';

/** Commands for keys of any type: names, deadlines and databases. */
export const genericCommands: readonly Definition[] = [
  copy,
  del,
  exists,
  expire,
  expireat,
  expiretime,
  keys,
  move,
  persist,
  pexpire,
  pexpireat,
  pexpiretime,
  pttl,
  randomkey,
  rename,
  renamenx,
  scan,
  sort,
  sortRo,
  touch,
  ttl,
  type,
  unlink,
  object,
];
