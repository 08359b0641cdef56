import { createHash } from 'node:crypto';
import type { Address } from '@nanoredis/intrusive-ds';
import { formatDouble17g } from '@nanoredis/resp-codec';
import type { Keyspace } from '../../../keyspace/keyspace';
import { ValueType } from '../../../values/entry';
import type { ValueVisitor } from '../../../values/value-visitor';

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

/** Adds the content of a value of one type to a digest, part by part. */
export class ContentDigest implements ValueVisitor {
  readonly #digest: Digest;
  readonly #isOrdered: boolean;

  constructor(digest: Digest, type: ValueType) {
    this.#digest = digest;
    this.#isOrdered = type !== ValueType.set;
  }

  element(bytes: Uint8Array, start: number, end: number): void {
    const part = bytes.subarray(start, end);
    if (this.#isOrdered) this.#digest.mix(part);
    else this.#digest.xor(part);
  }

  field(
    nameBytes: Uint8Array,
    nameStart: number,
    nameEnd: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.#xorPair(nameBytes.subarray(nameStart, nameEnd), bytes.subarray(start, end));
  }

  scoredMember(bytes: Uint8Array, start: number, end: number, score: number): void {
    this.#xorPair(bytes.subarray(start, end), Buffer.from(formatDouble17g(score)));
  }

  #xorPair(first: Uint8Array, second: Uint8Array): void {
    const pair = new Digest();
    pair.mix(first);
    pair.mix(second);
    this.#digest.xor(pair.bytes);
  }
}

/** Adds type, content and the existence of a deadline to a digest. O(size of the value). */
export function digestValue(digest: Digest, { values }: Keyspace, entry: Address): void {
  const type = values.entries.typeOf(entry);
  digest.mix(bigEndian(type));
  values.walk(entry, 0, Number.POSITIVE_INFINITY, new ContentDigest(digest, type));
  if (values.entries.hasDeadline(entry)) digest.xor(EXPIRE_MARK);
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
      digestValue(digest, keyspace, entry);
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
