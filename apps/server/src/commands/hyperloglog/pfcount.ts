import { defineCommand } from '../../command/define-command';
import type { Invocation } from '../../command/invocation';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { estimateCardinality, REGISTER_VALUES } from '../../values/hyper-log-log/cardinality';
import { hasCardinality, REGISTERS, readCardinality, writeCardinality } from '../../values/hyper-log-log/hyper-log-log';
import { INT64_MIN } from '../../values/integer';
import { CORRUPTED, countRegisters, findHyperLogLog, mergeRegisters, unshare } from './hyper-log-log-value';

export const pfcount = defineCommand({
  name: 'pfcount',
  summary: 'Return the approximated cardinality of the set(s) observed by the HyperLogLog at key(s).',
  since: '2.8.9',
  group: 'hyperloglog',
  complexity:
    'O(1) with a very small average constant time when called with a single key. O(N) with N being the number of keys, and much bigger constant times, when called with multiple keys.',
  arity: -2,
  flags: ['readonly'],
  categories: ['hyperloglog'],
  mayReplicate: true,
  keys: [
    {
      flags: ['RW', 'access'],
      notes: 'RW because it may change the internal representation of the key, and propagate to replicas',
      begin: { index: 1 },
      find: { lastKey: -1, step: 1, limit: 0 },
    },
  ],
  arguments: [{ name: 'key', type: 'key', keySpec: 0, multiple: true }],
  execute(args, reply, call) {
    if (args.count > 2) replyUnion(args, reply, call);
    else replySingle(args, reply, call);
  },
});

/** Number of registers per value. Scratch of one call: valid until the command ends or calls another command. */
const histogram = new Int32Array(REGISTER_VALUES);
/** The registers of all keys together. Scratch of one call: valid until the command ends or calls another command. */
const union = new Uint8Array(REGISTERS);

function replyUnion(args: Arguments, reply: Reply, call: Invocation): void {
  const { view } = call.keyspace;
  union.fill(0);
  for (let i = 1; i < args.count; i++) {
    if (findHyperLogLog(call, args, i) !== 0 && !mergeRegisters(view, union)) throw CORRUPTED;
  }
  histogram.fill(0);
  for (let i = 0; i < REGISTERS; i++) histogram[union[i]!]!++;
  replyCardinality(reply, estimateCardinality(histogram));
}

function replySingle(args: Arguments, reply: Reply, call: Invocation): void {
  const { database } = call;
  const { view } = call.keyspace;
  const entry = findHyperLogLog(call, args, 1);
  if (entry === 0) {
    reply.integer(0);
    return;
  }
  const own = unshare(call, entry);
  if (hasCardinality(view.bytes, view.start)) {
    reply.integer(readCardinality(view.bytes, view.start));
    return;
  }
  histogram.fill(0);
  if (!countRegisters(view, histogram)) throw CORRUPTED;
  const cardinality = estimateCardinality(histogram);
  database.beforeChange(own);
  writeCardinality(view.bytes, view.start, cardinality);
  // The bytes that GET replies have changed, so this is a write, but it has no keyspace event.
  database.changed(null, args.bytes, args.start(1), args.end(1));
  replyCardinality(reply, cardinality);
}

/** Forged registers give estimates beyond 2^53, and beyond the range of C's integers, where the cast gives the minimum. */
function replyCardinality(reply: Reply, cardinality: number): void {
  if (Number.isSafeInteger(cardinality)) reply.integer(cardinality);
  else reply.integer(cardinality < 2 ** 63 ? BigInt(cardinality) : INT64_MIN);
}
