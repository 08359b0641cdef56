import { defineCommand } from '../../command/define-command';

export const echo = defineCommand({
  name: 'echo',
  summary: 'Echo the given string',
  since: '1.0.0',
  group: 'connection',
  complexity: 'O(1)',
  arity: 2,
  flags: ['loading', 'stale', 'fast'],
  categories: ['connection'],
  arguments: [{ name: 'message', type: 'string' }],
  execute(args, reply) {
    reply.bulk(args.bytes, args.start(1), args.end(1));
  },
});
