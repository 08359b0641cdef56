import { type Address, type Arena, copyBytes, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import {
  ENCODING_CLEARED,
  ENCODING_SHIFT,
  Encoding,
  Entry,
  EntryWord,
  EXPIRY_BYTES,
  EXPIRY_UNITS,
  KEY_LENGTH_MASK,
  VALUE_OUTSIDE,
} from '../values/entry';
import type { Database } from './database';
import { KeyEvents } from './key-event';
import type { Keyspace } from './keyspace';

/**
 * Moves an entry to a key of `target` (RENAME, MOVE) with its type, recency and deadline; what was there before is deleted.
 * Returns the new entry. O(key), whatever the size of the value: a value outside its entry changes hands as it is.
 * @throws ArenaFullError before anything was changed.
 */
export function moveEntry(
  keyspace: Keyspace,
  source: Database,
  entry: Address,
  target: Database,
  key: Uint8Array,
  start: number,
  end: number,
): Address {
  const { arena, table } = keyspace;
  const value = wordOf(arena, entry, EntryWord.value);
  const fresh = putLike(keyspace, source, entry, value, target, key, start, end);
  table.remove(source.root, entry);
  if (source.hasDeadline(entry)) {
    source.wheel.remove(entry - EXPIRY_UNITS);
    arena.free(entry - EXPIRY_UNITS);
  } else {
    arena.free(entry);
  }
  return fresh;
}

/**
 * Copies an entry to a key of `target` (COPY) with its type and deadline, as used just now; what was there before is deleted.
 * Returns the new entry. O(size of the value).
 * @throws ArenaFullError before anything was changed.
 */
export function copyEntry(
  keyspace: Keyspace,
  source: Database,
  entry: Address,
  target: Database,
  key: Uint8Array,
  start: number,
  end: number,
): Address {
  const { arena, values } = keyspace;
  const value = wordOf(arena, entry, EntryWord.value);
  const isOutside = source.isValueOutside(entry);
  const store = values.of(source.typeOf(entry));
  const encoding = source.encodingOf(entry);
  const copy = isOutside ? store.copy(value, encoding) : value;
  try {
    const fresh = putLike(keyspace, source, entry, copy, target, key, start, end);
    if (source.encodingOf(fresh) === Encoding.int) setEncoding(arena, fresh, Encoding.copiedInt);
    target.setAccess(fresh, keyspace.freshAccess);
    return fresh;
  } catch (error) {
    if (isOutside) store.free(copy, encoding);
    throw error;
  }
}

/**
 * Puts an entry into `target` that has everything of `entry` but its key and what stands in its `value` word; whatever was
 * under that key is deleted. Has changed nothing where the arena is full.
 */
function putLike(
  keyspace: Keyspace,
  source: Database,
  entry: Address,
  value: number,
  target: Database,
  key: Uint8Array,
  start: number,
  end: number,
): Address {
  const { arena, table } = keyspace;
  const deadline = source.deadlineOf(entry);
  const keyLength = wordOf(arena, entry, EntryWord.keyLength);
  const inlineBytes = (keyLength & VALUE_OUTSIDE) === 0 ? value : 0;
  const size = Entry.key + end - start + inlineBytes;
  const record = arena.allocate(deadline < 0 ? size : EXPIRY_BYTES + size);
  const fresh = deadline < 0 ? record : record + EXPIRY_UNITS;
  const words = arena.words[fresh >>> SEGMENT_SHIFT]!;
  const word = (fresh & SEGMENT_MASK) << 1;
  words[word + EntryWord.keyLength] = (keyLength & ~KEY_LENGTH_MASK) | (end - start);
  words[word + EntryWord.access] = wordOf(arena, entry, EntryWord.access);
  words[word + EntryWord.value] = value;
  const bytes = arena.bytes[fresh >>> SEGMENT_SHIFT]!;
  const keyAt = ((fresh & SEGMENT_MASK) << 3) + Entry.key;
  copyBytes(key, start, end, bytes, keyAt);
  const valueAt = source.keyStartOf(entry) + (keyLength & KEY_LENGTH_MASK);
  copyBytes(source.keyBytesOf(entry), valueAt, valueAt + inlineBytes, bytes, keyAt + end - start);

  const hash = table.hash(key, start, end);
  const existing = table.find(target.root, key, start, end, hash);
  if (existing !== 0) {
    table.replace(target.root, existing, fresh);
    target.release(existing, keyspace.lazyFree.serverDelete);
  } else {
    try {
      table.insert(target.root, fresh, hash);
    } catch (error) {
      arena.free(record);
      throw error;
    }
  }
  if (deadline >= 0) target.wheel.insert(record, deadline);
  if (keyspace.notifiedClasses !== 0) target.notify(KeyEvents.newKey.new, key, start, end);
  if (keyspace.awaited.count !== 0) keyspace.awaited.keyCreated(target, target.typeOf(fresh), key, start, end);
  return fresh;
}

function setEncoding(arena: Arena, entry: Address, encoding: Encoding): void {
  const words = arena.words[entry >>> SEGMENT_SHIFT]!;
  const word = ((entry & SEGMENT_MASK) << 1) + EntryWord.access;
  words[word] = ((words[word]! & ENCODING_CLEARED) | (encoding << ENCODING_SHIFT)) >>> 0;
}

function wordOf(arena: Arena, entry: Address, word: number): number {
  return arena.words[entry >>> SEGMENT_SHIFT]![((entry & SEGMENT_MASK) << 1) + word]!;
}
