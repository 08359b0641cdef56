import { createHash } from 'node:crypto';
import type { Address } from '@nanoredis/intrusive-ds';
import { formatDouble17g } from '@nanoredis/resp-codec';
import type { Database } from '../../../keyspace/database';
import type { Keyspace } from '../../../keyspace/keyspace';
import { ValueType } from '../../../values/entry';

const DIGEST_BYTES = 20;
const EXPIRE_MARK = Buffer.from('!!expire!!');

/**
 * A digest in the scheme of redis-server's DEBUG DIGEST: SHA-1 of each part, combined by `xor` if the order is irrelevant, else
 * by `mix`. Equal data have equal digests on both servers.
 */
export class Digest {
  #bytes: Buffer = Buffer.alloc(DIGEST_BYTES);

  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Adds a part of an unordered collection. */
  xor(part: Uint8Array): void {
    const hash = createHash('sha1').update(part).digest();
    for (let i = 0; i < DIGEST_BYTES; i++) this.#bytes[i]! ^= hash[i]!;
  }

  /** Adds the next part of an ordered collection. */
  mix(part: Uint8Array): void {
    this.xor(part);
    this.#bytes = createHash('sha1').update(this.#bytes).digest();
  }

  toString(): string {
    return this.#bytes.toString('hex');
  }
}

/** Adds the content of a value to its digest. */
export type ValueDigest = (digest: Digest, keyspace: Keyspace, entry: Address) => void;

/** The digest function of each type; types without one cannot be digested. */
const VALUE_DIGESTS: { readonly [Type in ValueType]?: ValueDigest } = {
  [ValueType.string](digest, keyspace, entry) {
    const { bytes, start, end } = keyspace.view.locate(entry);
    digest.mix(bytes.subarray(start, end));
  },
  [ValueType.set](digest, keyspace, entry) {
    const { cursor } = keyspace.values.sets;
    for (cursor.begin(entry); cursor.next(); ) digest.xor(cursor.bytes.subarray(cursor.start, cursor.end));
  },
  [ValueType.list](digest, keyspace, entry) {
    const { lists } = keyspace.values;
    lists.seek(keyspace.values.entries.valueOf(entry), 0);
    while (lists.readForward()) digest.mix(lists.element.bytes.subarray(lists.element.start, lists.element.end));
  },
  [ValueType.hash](digest, keyspace, entry) {
    keyspace.values.hashes.forEach(entry, (field, value) => {
      const pair = new Digest();
      pair.mix(field.bytes.subarray(field.start, field.end));
      pair.mix(value.bytes.subarray(value.start, value.end));
      digest.xor(pair.bytes);
    });
  },
  [ValueType.sortedSet](digest, keyspace, entry) {
    const { cursor } = keyspace.values.sortedSets;
    const { member } = cursor;
    for (let more = cursor.toEnd(entry, false); more; more = cursor.next()) {
      const pair = new Digest();
      pair.mix(member.bytes.subarray(member.start, member.end));
      pair.mix(Buffer.from(formatDouble17g(cursor.score)));
      digest.xor(pair.bytes);
    }
  },
};

/** Adds the type, the content and whether there is a deadline to a digest. O(size of the value). */
export function digestValue(digest: Digest, keyspace: Keyspace, database: Database, entry: Address): void {
  const type = database.typeOf(entry);
  const digestContent = VALUE_DIGESTS[type];
  if (digestContent === undefined) throw new Error(`values of type ${type} have no digest`);
  digest.mix(bigEndian(type));
  digestContent(digest, keyspace, entry);
  if (database.hasDeadline(entry)) digest.xor(EXPIRE_MARK);
}

/** The digest of all data of a server. O(data). */
export function digestDataset(keyspace: Keyspace): Digest {
  const all = new Digest();
  for (const database of keyspace.databases) {
    if (database.size === 0) continue;
    all.mix(bigEndian(database.index));
    database.forEach((entry) => {
      const digest = new Digest();
      const start = database.keyStartOf(entry);
      digest.mix(database.keyBytesOf(entry).subarray(start, start + database.keyLengthOf(entry)));
      digestValue(digest, keyspace, database, entry);
      all.xor(digest.bytes);
    });
  }
  return all;
}

function bigEndian(word: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(word);
  return bytes;
}
