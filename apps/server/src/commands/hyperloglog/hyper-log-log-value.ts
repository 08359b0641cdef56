import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { findString, findStringForWrite } from '../../command/lookup';
import { ReplyError } from '../../errors';
import type { Arguments } from '../../request/arguments';
import { Encoding } from '../../values/entry';
import { countDenseRegisters, mergeDenseRegisters } from '../../values/hyper-log-log/dense-registers';
import { HyperLogLog, isHyperLogLog, RegisterEncoding } from '../../values/hyper-log-log/hyper-log-log';
import { HyperLogLogDraft } from '../../values/hyper-log-log/hyper-log-log-draft';
import { countSparseRegisters, mergeSparseRegisters } from '../../values/hyper-log-log/sparse-opcodes';
import type { StringView } from '../../values/string-view';

export const NOT_A_HYPER_LOG_LOG = new ReplyError('WRONGTYPE Key is not a valid HyperLogLog string value.');
export const CORRUPTED = new ReplyError('INVALIDOBJ Corrupted HLL object detected');

/**
 * The entry of the HyperLogLog at the key in argument `index`, for reading, or 0. Points the keyspace's view at it. O(1).
 * @throws ReplyError when the key holds another type or string.
 */
export function findHyperLogLog(call: Invocation, args: Arguments, index: number): Address {
  return requireHyperLogLog(call, findString(call, args, index));
}

/** Like `findHyperLogLog`, for writing. */
export function findHyperLogLogForWrite(call: Invocation, args: Arguments, index: number): Address {
  return requireHyperLogLog(call, findStringForWrite(call, args, index));
}

function requireHyperLogLog(call: Invocation, entry: Address): Address {
  if (entry === 0) return 0;
  const view = call.keyspace.view.locate(entry);
  if (!isHyperLogLog(view.bytes, view.start, view.length)) throw NOT_A_HYPER_LOG_LOG;
  return entry;
}

/**
 * Makes the string of an entry writable through the keyspace's view, which points at it. As in Redis, OBJECT ENCODING replies
 * `raw` from then on. O(length) the first time, else O(1).
 */
export function unshare(call: Invocation, entry: Address): Address {
  const { database } = call;
  if (database.encodingOf(entry) === Encoding.raw) return entry;
  const own = database.strings.grow(entry, 0);
  call.keyspace.view.locate(own);
  return own;
}

/** The encoding of the HyperLogLog that a view points at. */
export function encodingOf(view: StringView): RegisterEncoding {
  return view.bytes[view.start + HyperLogLog.encoding]!;
}

/** Adds the registers of the HyperLogLog that a view points at to a histogram; returns false if it is corrupted. */
export function countRegisters(view: StringView, histogram: Int32Array): boolean {
  const start = view.start + HyperLogLog.registers;
  if (encodingOf(view) === RegisterEncoding.sparse) {
    return countSparseRegisters(view.bytes, start, view.end, histogram);
  }
  countDenseRegisters(view.bytes, start, histogram);
  return true;
}

/** Raises `registers`, one byte each, to those of the HyperLogLog that a view points at; returns false if it is corrupted. */
export function mergeRegisters(view: StringView, registers: Uint8Array): boolean {
  const start = view.start + HyperLogLog.registers;
  if (encodingOf(view) === RegisterEncoding.sparse) {
    return mergeSparseRegisters(view.bytes, start, view.end, registers);
  }
  mergeDenseRegisters(view.bytes, start, registers);
  return true;
}

/** Scratch of one call: valid until the command ends or calls another command. */
const draft = new HyperLogLogDraft();

/**
 * Converts the sparse HyperLogLog at the key in argument `index`, which the keyspace's view points at, to a dense one, and points
 * the view at that. Returns false and changes nothing if the sparse one is corrupted. O(registers).
 */
export function makeDense(call: Invocation, args: Arguments, index: number): boolean {
  const { view } = call.keyspace;
  if (!draft.copyDense(view)) return false;
  const { bytes, length } = draft;
  const start = args.start(index);
  view.locate(call.database.strings.set(args.bytes, start, args.end(index), bytes, 0, length, true, Encoding.raw));
  return true;
}
