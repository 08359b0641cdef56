import { defineCommand } from '../../command/define-command';
import { matchesEverything } from '../../request/scan-arguments';
import { Glob } from '../../values/glob';
import { AddressList } from './address-list';
import { writeKey } from './write-key';

export const keys = defineCommand({
  name: 'keys',
  summary: 'Find all keys matching the given pattern',
  since: '1.0.0',
  group: 'generic',
  complexity:
    'O(N) with N being the number of keys in the database, under the assumption that the key names in the database and the given pattern have limited length.',
  arity: 2,
  flags: ['readonly'],
  categories: ['keyspace', 'dangerous'],
  tips: ['request_policy:all_shards', 'nondeterministic_output_order'],
  arguments: [{ name: 'pattern', type: 'pattern' }],
  execute(args, reply, call) {
    const { database } = call;
    const pattern = matchesEverything(args, 1) ? null : new Glob(args.bytes, args.start(1), args.end(1));
    const found = new AddressList();
    database.forEach((entry) => {
      const start = database.keyStartOf(entry);
      const end = start + database.keyLengthOf(entry);
      if (pattern !== null && !pattern.matches(database.keyBytesOf(entry), start, end)) return;
      if (!database.isPastDeadline(entry)) found.push(entry);
    });
    reply.array(found.length);
    for (let i = 0; i < found.length; i++) writeKey(reply, database, found.at(i));
  },
});
