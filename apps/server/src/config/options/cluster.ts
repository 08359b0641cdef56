import { INT_MAX, LONG_MAX, ULONG_MAX } from '../c-numbers';
import { bool } from '../kinds/bool';
import { oneOf } from '../kinds/enumeration';
import { int, memory } from '../kinds/number';
import { optionalCheckedText, optionalText, text } from '../kinds/text';
import { announcedHostname } from '../kinds/text-checks';
import { alias, immutable, noEffectYet } from '../option';

/** Redis Cluster, which NanoRedis does not support yet. */
export const clusterOptions = {
  'cluster-enabled': bool(false, immutable, noEffectYet),
  'cluster-config-file': text('nodes.conf', immutable, noEffectYet),
  'cluster-node-timeout': int(0, LONG_MAX, 15000, noEffectYet),
  'cluster-port': int(0, 65535, 0, immutable, noEffectYet),
  'cluster-announce-ip': optionalText(noEffectYet),
  'cluster-announce-hostname': optionalCheckedText(announcedHostname, noEffectYet),
  'cluster-announce-port': int(0, 65535, 0, noEffectYet),
  'cluster-announce-tls-port': int(0, 65535, 0, noEffectYet),
  'cluster-announce-bus-port': int(0, 65535, 0, noEffectYet),
  'cluster-preferred-endpoint-type': oneOf(['ip', 'hostname', 'unknown-endpoint'], 'ip', noEffectYet),
  'cluster-require-full-coverage': bool(true, noEffectYet),
  'cluster-replica-no-failover': bool(false, alias('cluster-slave-no-failover'), noEffectYet),
  'cluster-replica-validity-factor': int(0, INT_MAX, 10, alias('cluster-slave-validity-factor'), noEffectYet),
  'cluster-migration-barrier': int(0, INT_MAX, 1, noEffectYet),
  'cluster-allow-replica-migration': bool(true, noEffectYet),
  'cluster-allow-reads-when-down': bool(false, noEffectYet),
  'cluster-allow-pubsubshard-when-down': bool(true, noEffectYet),
  'cluster-link-sendbuf-limit': memory(0, ULONG_MAX, 0, noEffectYet),
};
