import type { DebugSubcommand } from './debug-subcommand';
import { debugDigest, debugDigestValue } from './digest';
import { debugError, debugLog, debugSleep } from './effects';
import { debugHtstats, debugHtstatsKey } from './hash-table-statistics';
import { debugListpack, debugObject } from './object';
import { debugPopulate } from './populate';
import { debugProtocol } from './protocol';
import { debugChangeReplId, debugPauseCron, debugQuicklistPackedThreshold, debugSetActiveExpire } from './switches';

/**
 * The supported subcommands of DEBUG, in the order of its HELP. Those of redis-server for C memory, crashes, files or replicas
 * are rejected like unknown ones.
 */
export const debugSubcommands: readonly DebugSubcommand[] = [
  debugChangeReplId,
  debugDigest,
  debugDigestValue,
  debugError,
  debugLog,
  debugHtstats,
  debugHtstatsKey,
  debugObject,
  debugPopulate,
  debugProtocol,
  debugSetActiveExpire,
  debugQuicklistPackedThreshold,
  debugSleep,
  debugListpack,
  debugPauseCron,
];
