import { INT_MAX, INT_MIN, LONG_MAX } from '../c-numbers';
import { bool } from '../kinds/bool';
import { directory } from '../kinds/directory';
import { oneOf, oneOfWithSynonyms } from '../kinds/enumeration';
import { adjustedInt, int } from '../kinds/number';
import { oomScores } from '../kinds/number-lists';
import { shutdownFlags } from '../kinds/shutdown-flags';
import { checkedText, optionalText, text } from '../kinds/text';
import { processTitleTemplate } from '../kinds/text-checks';
import { alias, guarded, hidden, immutable, noEffectEver, noEffectYet } from '../option';

/** The process: its files, its log, its timer frequency and its shutdown. */
export const generalOptions = {
  daemonize: bool(false, immutable, noEffectYet),
  supervised: oneOf(['upstart', 'systemd', 'auto', 'no'], 'no', immutable, noEffectYet),
  pidfile: optionalText(immutable),
  // The actual default is the working directory; `Configuration` sets it.
  dir: directory('', guarded),
  loglevel: oneOf(['debug', 'verbose', 'notice', 'warning'], 'notice'),
  logfile: text('', immutable),
  'syslog-enabled': bool(false, immutable, noEffectYet),
  'syslog-ident': text('redis', immutable, noEffectYet),
  'syslog-facility': oneOf(
    ['user', 'local0', 'local1', 'local2', 'local3', 'local4', 'local5', 'local6', 'local7'],
    'local0',
    immutable,
    noEffectYet,
  ),
  'crash-log-enabled': bool(true, noEffectEver),
  'crash-memcheck-enabled': bool(true, noEffectEver),
  'use-exit-on-panic': bool(false, hidden, noEffectEver),
  // Redis raises shorter periods to 200 ms.
  'watchdog-period': adjustedInt(0, INT_MAX, (ms) => (ms === 0 ? 0 : Math.max(ms, 200)), 0, hidden, noEffectEver),
  'always-show-logo': bool(false, immutable, noEffectEver),
  'set-proc-title': bool(true, immutable, noEffectYet),
  'proc-title-template': checkedText('{title} {listen-addr} {server-mode}', processTitleTemplate, noEffectYet),
  databases: int(1, INT_MAX, 16, immutable),
  hz: adjustedInt(0, INT_MAX, (hz) => Math.min(Math.max(hz, 1), 500), 10),
  'dynamic-hz': bool(true, noEffectYet),
  activerehashing: bool(true, noEffectEver),
  'disable-thp': bool(true, immutable, noEffectEver),
  'oom-score-adj': oneOfWithSynonyms(['no', 'yes', 'relative', 'absolute'], { relative: 'yes' }, 'no', noEffectYet),
  'oom-score-adj-values': oomScores([0, 200, 800], noEffectYet),
  server_cpulist: optionalText(immutable, noEffectEver),
  bio_cpulist: optionalText(immutable, noEffectEver),
  aof_rewrite_cpulist: optionalText(immutable, noEffectEver),
  bgsave_cpulist: optionalText(immutable, noEffectEver),
  'ignore-warnings': text('', noEffectEver),
  'shutdown-timeout': int(0, INT_MAX, 10, noEffectYet),
  'shutdown-on-sigint': shutdownFlags(noEffectYet),
  'shutdown-on-sigterm': shutdownFlags(noEffectYet),
  'propagation-error-behavior': oneOf(['ignore', 'panic', 'panic-on-replicas'], 'ignore', noEffectYet),
  'busy-reply-threshold': int(0, LONG_MAX, 5000, alias('lua-time-limit'), noEffectYet),
  'key-load-delay': int(INT_MIN, INT_MAX, 0, hidden, noEffectYet),
};
