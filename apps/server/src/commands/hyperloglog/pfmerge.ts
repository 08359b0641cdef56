import { defineCommand } from '../../command/define-command';
import { keyAt, keysFrom } from '../../command/key-specification';
import { KeyEvents } from '../../keyspace/key-event';
import { Encoding } from '../../values/entry';
import { REGISTERS, RegisterEncoding } from '../../values/hyper-log-log/hyper-log-log';
import { HyperLogLogDraft } from '../../values/hyper-log-log/hyper-log-log-draft';
import { CORRUPTED, encodingOf, findHyperLogLog, mergeRegisters } from './hyper-log-log-value';

export const pfmerge = defineCommand({
  name: 'pfmerge',
  summary: 'Merge N different HyperLogLogs into a single one.',
  since: '2.8.9',
  group: 'hyperloglog',
  complexity: 'O(N) to merge N HyperLogLogs, but with high constant times.',
  arity: -2,
  flags: ['write', 'denyoom'],
  categories: ['hyperloglog'],
  keys: [keyAt(1, ['RW', 'access', 'insert']), keysFrom(2, ['RO', 'access'])],
  arguments: [
    { name: 'destkey', type: 'key', keySpec: 0 },
    { name: 'sourcekey', type: 'key', keySpec: 1, multiple: true },
  ],
  execute(args, reply, call) {
    const { database } = call;
    const { view, values } = call.keyspace;
    let usesDense = false;
    union.fill(0);
    for (let i = 1; i < args.count; i++) {
      if (findHyperLogLog(call, args, i) === 0) continue;
      if (encodingOf(view) === RegisterEncoding.dense) usesDense = true;
      if (!mergeRegisters(view, union)) throw CORRUPTED;
    }
    const start = args.start(1);
    const end = args.end(1);
    const target = database.findForWrite(args.bytes, start, end);
    if (target === 0) draft.clear();
    else draft.copy(view.locate(target));
    if (usesDense) draft.makeDense();
    draft.raise(union, values.limits.hyperLogLogSparseBytes);
    database.strings.set(args.bytes, start, end, draft.bytes, 0, draft.length, true, Encoding.raw);
    database.changed(KeyEvents.string.pfadd, args.bytes, start, end);
    reply.ok();
  },
});

/** The registers of all keys together. Scratch of one call: valid until the command ends or calls another command. */
const union = new Uint8Array(REGISTERS);
/** Scratch of one call: valid until the command ends or calls another command. */
const draft = new HyperLogLogDraft();
