import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { KeyEvents } from '../../keyspace/key-event';
import { Target } from '../../keyspace/propagated-unit';
import { Encoding } from '../../values/entry';
import { EMPTY_BYTES, EMPTY_HYPER_LOG_LOG, invalidateCardinality } from '../../values/hyper-log-log/hyper-log-log';
import { addElement, Outcome } from './add-element';
import { CORRUPTED, findHyperLogLogForWrite, unshare } from './hyper-log-log-value';

export const pfadd = defineCommand({
  name: 'pfadd',
  summary: 'Adds the specified elements to the specified HyperLogLog.',
  since: '2.8.9',
  group: 'hyperloglog',
  complexity: 'O(1) to add every element.',
  arity: -2,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['hyperloglog'],
  keys: [keyAt(1, ['RW', 'insert'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'element', type: 'string', optional: true, multiple: true },
  ],
  execute(args, reply, call) {
    const { database } = call;
    const { keyspace } = call;
    const start = args.start(1);
    const end = args.end(1);
    let entry = findHyperLogLogForWrite(call, args, 1);
    let updates = 0;
    if (entry === 0) {
      const { bytes } = args;
      entry = database.strings.set(bytes, start, end, EMPTY_HYPER_LOG_LOG, 0, EMPTY_BYTES, false, Encoding.raw);
      keyspace.view.locate(entry);
      updates = 1;
    } else {
      entry = unshare(call, entry);
    }
    for (let i = 2; i < args.count; i++) {
      const outcome = addElement(call, args, i);
      if (outcome === Outcome.corrupt) {
        // As in Redis, the elements before the one that finds the corruption have been added, and are not counted.
        if (updates > 0) call.forcePropagation(Target.all);
        return reply.error(CORRUPTED.text);
      }
      if (outcome === Outcome.changed) updates++;
    }
    if (updates > 0) {
      invalidateCardinality(keyspace.view.bytes, keyspace.view.start);
      database.changed(KeyEvents.string.pfadd, args.bytes, start, end, updates);
    }
    reply.integer(updates > 0 ? 1 : 0);
  },
});
