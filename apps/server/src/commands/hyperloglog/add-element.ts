import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import type { Arguments } from '../../request/arguments';
import { raiseDenseRegister } from '../../values/hyper-log-log/dense-registers';
import { ElementHash } from '../../values/hyper-log-log/element-hash';
import { HyperLogLog, RegisterEncoding } from '../../values/hyper-log-log/hyper-log-log';
import { SparseEdit, SparseStep } from '../../values/hyper-log-log/sparse-edit';
import { encodingOf, makeDense } from './hyper-log-log-value';

/** What adding an element came to. */
export enum Outcome {
  unchanged = 0,
  changed = 1,
  /** The HyperLogLog is none: its runs are wrong. */
  corrupt = 2,
}

const hash = new ElementHash();
const edit = new SparseEdit();

/**
 * Adds argument `index` to the HyperLogLog under argument 1, at which the keyspace's view is pointed before and afterwards.
 * O(1) for a dense one, O(runs) for a sparse one; the string is changed where it lies, so that nothing is allocated but room
 * to grow.
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

/** Looked up anew, since an earlier element may have moved it; only strings that change their length come here. */
function entryOf(call: Invocation, args: Arguments): Address {
  return call.database.findRaw(args.bytes, args.start(1), args.end(1));
}
