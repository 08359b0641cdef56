import { type Address, copyBytes, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { Encoding, Entry, EntryWord, EXPIRY_BYTES, EXPIRY_UNITS, HAS_EXPIRY, VALUE_OUTSIDE } from '../values/entry';
import type { EntryTable } from './entry-table';
import type { KeyspaceContext } from './keyspace-context';

/**
 * Moves an entry to a key of `target` (RENAME, MOVE) with its type, recency and deadline; what was there before is deleted.
 * Returns the new entry. O(key), whatever the size of the value: a value outside its entry is not copied.
 * @throws ArenaFullError before anything was changed.
 */
export function moveEntry(
  context: KeyspaceContext,
  source: EntryTable,
  entry: Address,
  target: EntryTable,
  key: Uint8Array,
  start: number,
  end: number,
): Address {
  source.beforeChange(entry);
  const fresh = putLike(context, source, entry, source.valueOf(entry), target, key, start, end);
  source.removeMoved(entry);
  return fresh;
}

/**
 * Copies an entry to a key of `target` (COPY) with its type and deadline, as used just now; what was there before is deleted.
 * Returns the new entry. O(size of the value).
 * @throws ArenaFullError before anything was changed.
 */
export function copyEntry(
  context: KeyspaceContext,
  source: EntryTable,
  entry: Address,
  target: EntryTable,
  key: Uint8Array,
  start: number,
  end: number,
): Address {
  const value = source.valueOf(entry);
  const isOutside = source.isValueOutside(entry);
  const store = context.values.of(source.typeOf(entry));
  const encoding = source.encodingOf(entry);
  const copy = isOutside ? store.copy(value, encoding) : value;
  try {
    const fresh = putLike(context, source, entry, copy, target, key, start, end);
    if (encoding === Encoding.int) target.setEncoding(fresh, Encoding.copiedInt);
    target.setAccess(fresh, context.access.fresh);
    return fresh;
  } catch (error) {
    if (isOutside) store.free(copy, encoding);
    throw error;
  }
}

/**
 * Puts an entry into `target` that has everything of `entry` but its key and its `value` word; what was under that key is
 * deleted. Has changed nothing where the arena is full.
 */
function putLike(
  { arena, table, snapshotParity }: KeyspaceContext,
  source: EntryTable,
  entry: Address,
  value: number,
  target: EntryTable,
  key: Uint8Array,
  start: number,
  end: number,
): Address {
  const deadline = source.deadlineOf(entry);
  const isOutside = source.isValueOutside(entry);
  const inlineBytes = isOutside ? 0 : value;
  const size = Entry.key + end - start + inlineBytes;
  const record = arena.allocate(deadline < 0 ? size : EXPIRY_BYTES + size);
  const fresh = deadline < 0 ? record : record + EXPIRY_UNITS;
  const words = arena.words[fresh >>> SEGMENT_SHIFT]!;
  const word = (fresh & SEGMENT_MASK) << 1;
  words[word + EntryWord.keyLength] =
    (end - start) | (deadline < 0 ? 0 : HAS_EXPIRY) | (isOutside ? VALUE_OUTSIDE : 0) | snapshotParity;
  words[word + EntryWord.access] =
    arena.words[entry >>> SEGMENT_SHIFT]![((entry & SEGMENT_MASK) << 1) + EntryWord.access]!;
  words[word + EntryWord.value] = value;
  const bytes = arena.bytes[fresh >>> SEGMENT_SHIFT]!;
  const keyAt = ((fresh & SEGMENT_MASK) << 3) + Entry.key;
  copyBytes(key, start, end, bytes, keyAt);
  const valueAt = source.keyStartOf(entry) + source.keyLengthOf(entry);
  copyBytes(source.keyBytesOf(entry), valueAt, valueAt + inlineBytes, bytes, keyAt + end - start);

  const hash = table.hash(key, start, end);
  const old = table.find(target.root, key, start, end, hash);
  try {
    // As in redis-server, what RENAME and COPY put in place of another value counts as a new key.
    target.place(fresh, old, hash, deadline, true);
  } catch (error) {
    arena.free(record);
    throw error;
  }
  return fresh;
}
