import { defineCommand } from '../../../command/define-command';
import { keyAt } from '../../../command/key-specification';
import { SYNTAX_ERROR } from '../../../errors';

/** Default of SAMPLES: number of elements of a collection to sample. */
const DEFAULT_SAMPLES = 5;

export const memoryUsage = defineCommand({
  name: 'usage',
  summary: 'Estimate the memory usage of a key',
  since: '4.0.0',
  group: 'server',
  complexity: 'O(N) where N is the number of samples.',
  arity: -3,
  flags: ['readonly'],
  categories: [],
  keys: [keyAt(2, ['RO'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'count', type: 'integer', token: 'SAMPLES', optional: true },
  ],
  execute(args, reply, call) {
    let samples = DEFAULT_SAMPLES;
    for (let i = 3; i < args.count; i += 2) {
      if (!args.equals(i, 'samples') || i + 1 === args.count) throw SYNTAX_ERROR;
      samples = args.requireInteger(i + 1);
      if (samples < 0) throw SYNTAX_ERROR;
    }
    const { database } = call;
    const entry = database.find(args.bytes, args.start(2), args.end(2));
    if (entry === 0) return reply.null();
    reply.integer(database.memoryOf(entry, samples));
  },
});
