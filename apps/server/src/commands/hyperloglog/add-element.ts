import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import type { Arguments } from '../../request/arguments';
import { raiseDenseRegister } from '../../values/hyper-log-log/dense-registers';
import { ElementHash } from '../../values/hyper-log-log/element-hash';
import { HyperLogLog, RegisterEncoding } from '../../values/hyper-log-log/hyper-log-log';
import { SparseEdit, SparseStep } from '../../values/hyper-log-log/sparse-edit';
import { encodingOf, makeDense } from './hyper-log-log-value';

/** The result of adding an element. */
export enum Outcome {
  unchanged = 0,
  changed = 1,
  /** The runs of the sparse HyperLogLog are invalid. */
  corrupt = 2,
}

/** Scratch of one call: valid until the command ends or calls another command. */
const hash = new ElementHash();
/** Scratch of one call: valid until the command ends or calls another command. */
const edit = new SparseEdit();

/**
 * Adds argument `index` to the HyperLogLog at the key in argument 1. The keyspace's view must point at it, and does so
 * afterwards. The string is changed in place, and allocates only to grow. O(1) for a dense one, O(runs) for a sparse one.
 */
export function addElement(call: Invocation, args: Arguments, index: number): Outcome {
  const { keyspace } = call;
  const { view } = keyspace;
  const { register, count } = hash.assign(args.bytes, args.start(index), args.end(index));
  if (encodingOf(view) === RegisterEncoding.sparse) {
    const step = edit.plan(view.bytes, view.start, view.end, register, count);
    if (step === SparseStep.none) return Outcome.unchanged;
    if (step === SparseStep.corrupt) return Outcome.corrupt;
    const { growth } = edit;
    const { length } = view;
    const fits = growth <= 0 || length + growth <= keyspace.values.limits.hyperLogLogSparseBytes;
    if (step === SparseStep.apply && fits) {
      editInPlace(call, args, growth);
      return Outcome.changed;
    }
    if (!makeDense(call, args, 1)) return Outcome.corrupt;
  }
  const isRaised = raiseDenseRegister(view.bytes, view.start + HyperLogLog.registers, register, count);
  return isRaised ? Outcome.changed : Outcome.unchanged;
}

function editInPlace(call: Invocation, args: Arguments, growth: number): void {
  const { database } = call;
  const { view } = call.keyspace;
  const { length } = view;
  if (growth > 0) view.locate(database.strings.grow(entryOf(call, args), length + growth));
  const edited = edit.apply(view.bytes, view.start, view.start + length) - view.start;
  if (edited === view.length) return;
  const entry = entryOf(call, args);
  database.strings.shrink(entry, edited);
  view.locate(entry);
}

/** Looks up the entry again, because an earlier element may have moved it. Called only if the length of the string changes. */
function entryOf(call: Invocation, args: Arguments): Address {
  return call.database.findRaw(args.bytes, args.start(1), args.end(1));
}
