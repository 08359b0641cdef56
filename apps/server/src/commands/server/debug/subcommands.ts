import type { DebugSubcommand } from './debug-subcommand';
import { debugDigest, debugDigestValue } from './digest';
import { debugError, debugLog, debugSleep } from './effects';
import { debugHtstats, debugHtstatsKey } from './hash-table-statistics';
import { debugListpack, debugObject } from './object';
import { debugPopulate } from './populate';
import { debugProtocol } from './protocol';
import { debugChangeReplId, debugPauseCron, debugQuicklistPackedThreshold, debugSetActiveExpire } from './switches';

/**
 * What DEBUG can do here, in the order of its HELP. What redis-server has besides concerns C memory, crashes, files or
 * replicas; it is answered like an unknown subcommand.
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
