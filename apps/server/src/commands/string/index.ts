import type { Definition } from '../../command/define-command';
import { append } from './append';
import { decr } from './decr';
import { decrby } from './decrby';
import { get } from './get';
import { getdel } from './getdel';
import { getex } from './getex';
import { getrange } from './getrange';
import { getset } from './getset';
import { incr } from './incr';
import { incrby } from './incrby';
import { incrbyfloat } from './incrbyfloat';
import { lcs } from './lcs';
import { mget } from './mget';
import { mset } from './mset';
import { msetnx } from './msetnx';
import { psetex } from './psetex';
import { set } from './set';
import { setex } from './setex';
import { setnx } from './setnx';
import { setrange } from './setrange';
import { strlen } from './strlen';
import { substr } from './substr';

/** Strings: one byte string per key. */
export const stringCommands: readonly Definition[] = [
  append,
  decr,
  decrby,
  get,
  getdel,
  getex,
  getrange,
  getset,
  incr,
  incrby,
  incrbyfloat,
  lcs,
  mget,
  mset,
  msetnx,
  psetex,
  set,
  setex,
  setnx,
  setrange,
  strlen,
  substr,
];
