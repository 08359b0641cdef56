import { defineCommand } from '../../command/define-command';
import { REDIS_VERSION } from '../../runtime/version';
import { drawAutomaton } from './automaton-art';

/** The version argument that selects the picture of NanoRedis. */
const OUR_VERSION = 7;

export const lolwut = defineCommand({
  name: 'lolwut',
  summary: 'Display some computer art and the Redis version',
  since: '5.0.0',
  group: 'server',
  arity: -1,
  flags: ['readonly', 'fast'],
  categories: [],
  arguments: [{ name: 'version', type: 'integer', token: 'VERSION', optional: true }],
  execute(args, reply, call) {
    let version = OUR_VERSION;
    let firstSize = args.count;
    if (args.count >= 3 && args.equals(1, 'version')) {
      version = args.requireInteger(2);
      firstSize = 3;
    }
    let art = '';
    if (version === OUR_VERSION) {
      const sizes = [40, 20];
      for (let i = firstSize; i < args.count && i < firstSize + 2; i++) {
        sizes[i - firstSize] = Math.min(Math.max(args.requireInteger(i), 1), 200);
      }
      art = drawAutomaton(call.server.random, sizes[0]!, sizes[1]!);
    }
    reply.verbatim('txt', `${art}Redis ver. ${REDIS_VERSION}\n`);
  },
});
