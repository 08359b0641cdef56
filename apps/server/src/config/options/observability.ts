import { LONG_MAX } from '../c-numbers';
import { bool } from '../kinds/bool';
import { keyspaceEvents } from '../kinds/keyspace-events';
import { int } from '../kinds/number';
import { percentiles } from '../kinds/number-lists';

/** Slow log, latency monitoring and keyspace notifications. */
export const observabilityOptions = {
  'slowlog-log-slower-than': int(-1, LONG_MAX, 10000),
  'slowlog-max-len': int(0, LONG_MAX, 128),
  'latency-monitor-threshold': int(0, LONG_MAX, 0),
  'latency-tracking': bool(true),
  'latency-tracking-info-percentiles': percentiles([50, 99, 99.9]),
  'notify-keyspace-events': keyspaceEvents(),
};
