import { defineCommand } from '../../command/define-command';
import { ReplyError } from '../../errors';
import { findHyperLogLogFault } from '../../values/hyper-log-log/self-test';

export const pfselftest = defineCommand({
  name: 'pfselftest',
  summary: 'An internal command for testing HyperLogLog values',
  since: '2.8.9',
  group: 'hyperloglog',
  complexity: 'N/A',
  docFlags: ['syscmd'],
  arity: 1,
  flags: ['admin'],
  categories: ['hyperloglog'],
  execute(_args, reply, call) {
    const { keyspace, server } = call;
    const fault = findHyperLogLogFault(() => server.random.nextUint32(), keyspace.values.limits.hyperLogLogSparseBytes);
    if (fault !== null) throw new ReplyError(`ERR TESTFAILED ${fault}`);
    reply.ok();
  },
});
