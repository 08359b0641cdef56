import { parseMemory } from '../../../config/c-numbers';
import { ReplyError } from '../../../errors';
import type { DebugSubcommand } from './debug-subcommand';

const WRONG_THRESHOLD = new ReplyError('ERR argument must be a memory value bigger than 1 and smaller than 4gb');
const MAX_THRESHOLD = 2n ** 32n;

/** Whether atoi of the text is not 0. */
function isSwitchedOn(text: string): boolean {
  return Number.parseInt(text, 10) !== 0 && !Number.isNaN(Number.parseInt(text, 10));
}

export const debugSetActiveExpire: DebugSubcommand = {
  name: 'set-active-expire',
  minArguments: 3,
  maxArguments: 3,
  help: [
    'SET-ACTIVE-EXPIRE <0|1>',
    '    Setting it to 0 disables expiring keys in background when they are not',
    '    accessed (otherwise the Redis behavior). Setting it to 1 reenables back the',
    '    default.',
  ],
  execute(args, reply, { server }) {
    server.background.expiresActively = isSwitchedOn(args.toLatin1(2));
    reply.ok();
  },
};

export const debugPauseCron: DebugSubcommand = {
  name: 'pause-cron',
  minArguments: 3,
  maxArguments: 3,
  help: ['PAUSE-CRON <0|1>', '    Stop periodic cron job processing.'],
  execute(args, reply, { server }) {
    server.cron.isPaused = isSwitchedOn(args.toLatin1(2));
    reply.ok();
  },
};

/** Lists have no plain nodes, so the threshold is validated but has no effect. */
export const debugQuicklistPackedThreshold: DebugSubcommand = {
  name: 'quicklist-packed-threshold',
  minArguments: 3,
  maxArguments: 3,
  help: [
    'QUICKLIST-PACKED-THRESHOLD <size>',
    '    Sets the threshold for elements to be inserted as plain vs packed nodes',
    '    Default value is 1GB, allows values up to 4GB. Setting to 0 restores to default.',
  ],
  execute(args, reply) {
    const threshold = parseMemory(args.toLatin1(2));
    if (threshold === null || threshold > MAX_THRESHOLD) throw WRONG_THRESHOLD;
    reply.ok();
  },
};

export const debugChangeReplId: DebugSubcommand = {
  name: 'change-repl-id',
  minArguments: 2,
  maxArguments: 2,
  help: [
    'CHANGE-REPL-ID',
    '    Change the replication IDs of the instance.',
    '    Dangerous: should be used only for testing the replication subsystem.',
  ],
  execute(_args, reply, { server }) {
    server.log.write('notice', 'Changing replication IDs after receiving change-repl-id');
    server.identity.changeReplicationId();
    reply.ok();
  },
};
