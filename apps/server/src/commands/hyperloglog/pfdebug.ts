import { defineCommand } from '../../command/define-command';
import type { Invocation } from '../../command/invocation';
import { keyAt } from '../../command/key-specification';
import { ReplyError } from '../../errors';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { readDenseRegister } from '../../values/hyper-log-log/dense-registers';
import { HyperLogLog, REGISTERS, RegisterEncoding } from '../../values/hyper-log-log/hyper-log-log';
import { SparseCursor } from '../../values/hyper-log-log/sparse-opcodes';
import type { StringView } from '../../values/string-view';
import { CORRUPTED, encodingOf, findHyperLogLogForWrite, makeDense, unshare } from './hyper-log-log-value';

export const pfdebug = defineCommand({
  name: 'pfdebug',
  summary: 'Internal commands for debugging HyperLogLog values',
  since: '2.8.9',
  group: 'hyperloglog',
  complexity: 'N/A',
  docFlags: ['syscmd'],
  arity: 3,
  flags: ['write', 'denyoom', 'admin'],
  categories: ['hyperloglog'],
  keys: [keyAt(2, ['RW', 'access'])],
  arguments: [
    { name: 'subcommand', type: 'string' },
    { name: 'key', type: 'key', keySpec: 0 },
  ],
  execute(args, reply, call) {
    const { view } = call.keyspace;
    const entry = findHyperLogLogForWrite(call, args, 2);
    if (entry === 0) throw NO_SUCH_HYPER_LOG_LOG;
    unshare(call, entry);
    if (args.equals(1, 'getreg')) {
      convert(call, args);
      replyRegisters(reply, view);
    } else if (args.equals(1, 'decode')) {
      if (encodingOf(view) !== RegisterEncoding.sparse) throw NOT_SPARSE;
      reply.bulkString(describeRuns(view));
    } else if (args.equals(1, 'encoding')) {
      reply.simple(encodingOf(view) === RegisterEncoding.sparse ? 'sparse' : 'dense');
    } else if (args.equals(1, 'todense')) {
      reply.integer(convert(call, args) ? 1 : 0);
    } else {
      throw new ReplyError(`ERR Unknown PFDEBUG subcommand '${args.toCText(1)}'`);
    }
  },
});

const NO_SUCH_HYPER_LOG_LOG = new ReplyError('ERR The specified key does not exist');
const NOT_SPARSE = new ReplyError('ERR HLL encoding is not sparse');

/** Converts the HyperLogLog to dense; returns whether it was sparse. As in Redis, watched keys are not touched. */
function convert(call: Invocation, args: Arguments): boolean {
  const { keyspace } = call;
  if (encodingOf(keyspace.view) === RegisterEncoding.dense) return false;
  if (!makeDense(call, args, 2)) throw CORRUPTED;
  keyspace.changes.countOnly(1);
  return true;
}

function replyRegisters(reply: Reply, view: StringView): void {
  reply.array(REGISTERS);
  for (let i = 0; i < REGISTERS; i++) {
    reply.integer(readDenseRegister(view.bytes, view.start + HyperLogLog.registers, i));
  }
}

/** The runs in the format of PFDEBUG DECODE: `z:` and `Z:` for zeros in one or two bytes, `v:value,length`. */
function describeRuns(view: StringView): string {
  const runs: string[] = [];
  const cursor = new SparseCursor().begin(view.bytes, view.start + HyperLogLog.registers, view.end);
  while (cursor.next()) {
    if (cursor.value !== 0) runs.push(`v:${cursor.value},${cursor.length}`);
    else runs.push(`${cursor.bytes === 1 ? 'z' : 'Z'}:${cursor.length}`);
  }
  return runs.join(' ');
}
