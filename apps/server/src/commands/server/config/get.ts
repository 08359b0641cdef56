import { defineCommand } from '../../../command/define-command';
import { bulkLatin1 } from '../bulk-latin1';

export const configGet = defineCommand({
  name: 'get',
  summary: 'Get the values of configuration parameters',
  since: '2.0.0',
  group: 'server',
  complexity: 'O(N) when N is the number of configuration parameters provided',
  history: [['7.0.0', 'Added the ability to pass multiple pattern parameters in one call']],
  arity: -3,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: [],
  arguments: [{ name: 'parameter', type: 'block', multiple: true, arguments: [{ name: 'parameter', type: 'string' }] }],
  execute(args, reply, call) {
    const patterns: string[] = [];
    for (let i = 2; i < args.count; i++) patterns.push(args.toLatin1(i));
    const found = call.server.config.getMatching(patterns);
    reply.map(found.length);
    for (const [name, value] of found) {
      bulkLatin1(reply, name);
      bulkLatin1(reply, value);
    }
  },
});
