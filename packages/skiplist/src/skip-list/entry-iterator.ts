import type { Leaf } from './blocks';
import type { RankedBlocks } from './ranked-blocks';

/** Iterates over the entries of a list in order. After a change of the list it continues behind the last key that it returned. */
export class EntryIterator<K, V> implements IterableIterator<[K, V]> {
  readonly #blocks: RankedBlocks<K, V>;
  #version: number;
  #leaf: Leaf<K, V>;
  #index: number;
  #last: K | undefined = undefined;
  #hasLast = false;

  constructor(blocks: RankedBlocks<K, V>) {
    this.#blocks = blocks;
    blocks.seekFirst();
    this.#version = blocks.version;
    this.#leaf = blocks.leaf;
    this.#index = 0;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<[K, V], undefined> {
    if (this.#version !== this.#blocks.version) this.#seekAgain();
    while (this.#index === this.#leaf.keys.length) {
      if (this.#leaf.next === null) return { done: true, value: undefined };
      this.#leaf = this.#leaf.next;
      this.#index = 0;
    }
    const key = this.#leaf.keys[this.#index]!;
    const value = this.#leaf.values[this.#index++]!;
    this.#last = key;
    this.#hasLast = true;
    return { done: false, value: [key, value] };
  }

  #seekAgain(): void {
    const blocks = this.#blocks;
    const isThere = this.#hasLast && blocks.seek(this.#last!);
    if (!this.#hasLast) blocks.seekFirst();
    this.#version = blocks.version;
    this.#leaf = blocks.leaf;
    this.#index = isThere ? blocks.index + 1 : blocks.index;
  }
}
