import type { Address } from '@nanoredis/intrusive-ds';

/** Capacity that is kept for the next walk; `clear` frees a larger one. */
const MAX_KEPT_CAPACITY = 4096;

/** Addresses that a walk through a table has found: a list of 4 bytes each, without objects. */
export class AddressList {
  #addresses = new Uint32Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Removes all addresses. O(1). */
  clear(): void {
    this.#length = 0;
    if (this.#addresses.length > MAX_KEPT_CAPACITY) this.#addresses = new Uint32Array(64);
  }

  /** Appends an address. Amortised O(1). */
  push(address: Address): void {
    if (this.#length === this.#addresses.length) {
      const grown = new Uint32Array(this.#addresses.length * 2);
      grown.set(this.#addresses);
      this.#addresses = grown;
    }
    this.#addresses[this.#length++] = address;
  }

  at(index: number): Address {
    return this.#addresses[index]!;
  }

  set(index: number, address: Address): void {
    this.#addresses[index] = address;
  }
}
