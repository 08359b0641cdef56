import { Digest, digestDataset, digestValue } from './dataset-digest';
import type { DebugSubcommand } from './debug-subcommand';

export const debugDigest: DebugSubcommand = {
  name: 'digest',
  minArguments: 2,
  maxArguments: 2,
  help: ['DIGEST', '    Output a hex signature representing the current DB content.'],
  execute(_args, reply, call) {
    reply.simple(digestDataset(call.keyspace).toString());
  },
};

export const debugDigestValue: DebugSubcommand = {
  name: 'digest-value',
  minArguments: 2,
  maxArguments: Number.POSITIVE_INFINITY,
  help: ['DIGEST-VALUE <key> [<key> ...]', '    Output a hex signature of the values of all the specified keys.'],
  execute(args, reply, { keyspace, database }) {
    const digests: Digest[] = [];
    for (let i = 2; i < args.count; i++) {
      const digest = new Digest();
      const entry = database.find(args.bytes, args.start(i), args.end(i));
      if (entry !== 0) digestValue(digest, keyspace, entry);
      digests.push(digest);
    }
    reply.array(digests.length);
    for (const digest of digests) reply.simple(digest.toString());
  },
};
