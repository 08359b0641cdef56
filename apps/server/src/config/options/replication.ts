import { INT_MAX, LONG_MAX } from '../c-numbers';
import { masterAddress } from '../kinds/addresses';
import { bool } from '../kinds/bool';
import { oneOf } from '../kinds/enumeration';
import { int, memoryRaisedTo } from '../kinds/number';
import { optionalText } from '../kinds/text';
import { alias, immutable, noEffectYet, sensitive } from '../option';

/** Replication, as a master or a replica. */
export const replicationOptions = {
  replicaof: masterAddress(alias('slaveof'), immutable, noEffectYet),
  masteruser: optionalText(sensitive, noEffectYet),
  masterauth: optionalText(sensitive, noEffectYet),
  'replica-serve-stale-data': bool(true, alias('slave-serve-stale-data'), noEffectYet),
  'replica-read-only': bool(true, alias('slave-read-only'), noEffectYet),
  'replica-ignore-maxmemory': bool(true, alias('slave-ignore-maxmemory'), noEffectYet),
  'replica-ignore-disk-write-errors': bool(false, noEffectYet),
  'replica-lazy-flush': bool(false, alias('slave-lazy-flush'), noEffectYet),
  'replica-priority': int(0, INT_MAX, 100, alias('slave-priority'), noEffectYet),
  'replica-announced': bool(true, noEffectYet),
  'replica-announce-ip': optionalText(alias('slave-announce-ip'), noEffectYet),
  'replica-announce-port': int(0, 65535, 0, alias('slave-announce-port'), noEffectYet),
  'min-replicas-to-write': int(0, INT_MAX, 0, alias('min-slaves-to-write'), noEffectYet),
  'min-replicas-max-lag': int(0, INT_MAX, 10, alias('min-slaves-max-lag'), noEffectYet),
  'repl-timeout': int(1, INT_MAX, 60, noEffectYet),
  'repl-ping-replica-period': int(1, INT_MAX, 10, alias('repl-ping-slave-period'), noEffectYet),
  'repl-disable-tcp-nodelay': bool(false, noEffectYet),
  'repl-backlog-size': memoryRaisedTo(16 * 1024, LONG_MAX, 2 ** 20, noEffectYet),
  'repl-backlog-ttl': int(0, LONG_MAX, 3600, noEffectYet),
  'repl-diskless-sync': bool(true, noEffectYet),
  'repl-diskless-sync-delay': int(0, INT_MAX, 5, noEffectYet),
  'repl-diskless-sync-max-replicas': int(0, INT_MAX, 0, noEffectYet),
  'repl-diskless-load': oneOf(['disabled', 'on-empty-db', 'swapdb'], 'disabled', noEffectYet),
};
