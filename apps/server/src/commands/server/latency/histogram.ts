import { defineCommand } from '../../../command/define-command';
import type { RegisteredCommand } from '../../../command/registered-command';

export const latencyHistogram = defineCommand({
  name: 'histogram',
  summary: 'Return the cumulative distribution of latencies of a subset of commands or all.',
  since: '7.0.0',
  group: 'server',
  complexity: 'O(N) where N is the number of commands with latency information being retrieved.',
  arity: -2,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: [],
  tips: ['nondeterministic_output', 'request_policy:all_nodes', 'response_policy:special'],
  arguments: [{ name: 'command', type: 'string', optional: true, multiple: true }],
  execute(args, reply, call) {
    const measured: RegisteredCommand[] = [];
    const add = (command: RegisteredCommand): void => {
      if (command.latency !== null) measured.push(command);
      command.subcommands?.forEach(add);
    };
    const { registry } = call.server;
    if (args.count === 2) registry.commands.forEach(add);
    for (let i = 2; i < args.count; i++) {
      const command = registry.findByName(args.toName(i));
      if (command !== null) add(command);
    }
    reply.map(measured.length);
    for (const { name, latency } of measured) {
      const steps = latency!.cumulativeMicroseconds();
      reply.bulkString(name);
      reply.map(2);
      reply.bulkString('calls');
      reply.integer(latency!.total);
      reply.bulkString('histogram_usec');
      reply.map(steps.length);
      for (const [bound, calls] of steps) {
        reply.integer(bound);
        reply.integer(calls);
      }
    }
  },
});
