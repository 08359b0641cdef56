import type { Address } from '@nanoredis/intrusive-ds';
import { defineCommand } from '../../../command/define-command';
import type { Invocation } from '../../../command/invocation';
import { keyAt } from '../../../command/key-specification';
import { Encoding } from '../../../values/entry';
import { findObject } from './find-object';

export const objectRefcount = defineCommand({
  name: 'refcount',
  summary: 'Get the number of references to the value of the key',
  since: '2.2.3',
  group: 'generic',
  complexity: 'O(1)',
  arity: 3,
  flags: ['readonly'],
  categories: ['keyspace'],
  tips: ['nondeterministic_output'],
  keys: [keyAt(2, ['RO'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    const entry = findObject(args, call);
    if (entry === 0) return reply.null();
    reply.integer(isSharedInteger(call, entry) ? SHARED_REFERENCES : 1);
  },
});

const MINUS = 0x2d;

/** The reply of Redis for a shared object. */
export const SHARED_REFERENCES = 2 ** 31 - 1;

/** Redis shares one object for each integer below 10000, unless eviction needs the recency of each key. */
export function isSharedInteger(call: Invocation, entry: Address): boolean {
  if (call.database.encodingOf(entry) !== Encoding.int) return false;
  const { keyspace } = call;
  const { config } = call.server;
  const policy = config.values['maxmemory-policy'];
  if (config.values.maxmemory !== 0 && (policy.endsWith('-lru') || policy.endsWith('-lfu'))) return false;
  const { bytes, start, length } = keyspace.view.locate(entry);
  return length <= 4 && bytes[start] !== MINUS;
}
