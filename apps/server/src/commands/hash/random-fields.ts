import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import type { Reply } from '../../request/reply';
import { AddressList } from '../generic/address-list';

/** Up to this share of a table's fields, random draws are faster than a walk over all of them. */
const MAX_DRAWN_SHARE = 1 / 3;

/** Replies with random fields of one hash, with or without their values. */
export class RandomFields {
  readonly #reply: Reply;
  readonly #call: Invocation;
  readonly #entry: Address;
  readonly #withValues: boolean;

  constructor(reply: Reply, call: Invocation, entry: Address, withValues: boolean) {
    this.#reply = reply;
    this.#call = call;
    this.#entry = entry;
    this.#withValues = withValues;
  }

  /** Replies with `count` fields, each drawn from all fields. O(count), and O(size) if packed. */
  writeDrawn(count: number): void {
    const { hashes } = this.#store;
    const entry = this.#entry;
    this.#writeLength(count);
    // Finding a position in a packed hash takes a walk, so collect all positions once.
    const places = hashes.isPacked(entry) && count > 1 ? this.#allPlaces() : null;
    for (let i = 0; i < count && !this.#call.session.isClosing; i++) {
      this.#writeField(places === null ? hashes.randomPlace(entry) : places.at(this.#randomBelow(places.length)));
    }
  }

  /**
   * Replies with `count` different fields, or all if there are fewer. O(count); O(size) for a large share of the fields or if
   * packed.
   */
  writeDistinct(count: number): void {
    const { hashes } = this.#store;
    const entry = this.#entry;
    const size = hashes.length(entry);
    this.#writeLength(Math.min(count, size));
    if (count < size * MAX_DRAWN_SHARE && !hashes.isPacked(entry)) this.#drawDistinct(count);
    else this.#selectFromAll(count, size);
  }

  #drawDistinct(count: number): void {
    const { hashes } = this.#store;
    const drawn = new Set<number>();
    while (drawn.size < count) {
      const place = hashes.randomPlace(this.#entry);
      if (drawn.has(place)) continue;
      drawn.add(place);
      this.#writeField(place);
    }
  }

  /** Selects each field with the probability of wanted to remaining fields (Knuth, Algorithm S). */
  #selectFromAll(count: number, size: number): void {
    let wanted = count;
    let left = size;
    this.#store.hashes.forEachPlace(this.#entry, (place) => {
      if (wanted >= left || this.#randomBelow(left) < wanted) {
        wanted--;
        this.#writeField(place);
      }
      left--;
    });
  }

  #allPlaces(): AddressList {
    const places = new AddressList();
    this.#store.hashes.forEachPlace(this.#entry, (place) => places.push(place));
    return places;
  }

  #randomBelow(bound: number): number {
    return Math.floor((this.#store.randomUint32() / 2 ** 32) * bound);
  }

  get #store(): Invocation['keyspace']['values'] {
    return this.#call.keyspace.values;
  }

  /** RESP3 nests each field with its value; RESP2 has a flat array. */
  #writeLength(fields: number): void {
    this.#reply.array(this.#withValues && this.#reply.protocol === 2 ? 2 * fields : fields);
  }

  #writeField(place: number): void {
    const reply = this.#reply;
    const { hashes } = this.#store;
    const { field, value } = hashes;
    hashes.readPlace(this.#entry, place);
    if (this.#withValues && reply.protocol === 3) reply.array(2);
    reply.bulk(field.bytes, field.start, field.end);
    if (this.#withValues) reply.bulk(value.bytes, value.start, value.end);
  }
}
