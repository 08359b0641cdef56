import { byteName } from '../../values/byte-name';
import type { Glob } from '../../values/glob';
import type { Subscriber } from './subscriber';

/** A channel or a pattern with its subscribers, in the order in which they subscribed. */
export interface Topic {
  readonly name: Buffer;
  readonly subscribers: Set<Subscriber>;
  /** The name compiled as a pattern, once a message had to be matched with it. */
  glob: Glob | null;
}

/** The topics of one kind that have subscribers, by name. Names are arbitrary bytes. */
export class Topics implements Iterable<Topic> {
  /** By the `byteName` of the name. */
  readonly #topics = new Map<string, Topic>();
  /** The topic that was found last: most messages are for the same channel as the one before, which is found without a string. */
  #found: Topic | null = null;

  /** Topics with at least one subscriber. O(1). */
  get size(): number {
    return this.#topics.size;
  }

  /** The topic named `bytes[start, end)`, or null if it has no subscribers. O(length). */
  find(bytes: Uint8Array, start: number, end: number): Topic | null {
    // PUBLISH costs no string while there are no subscribers.
    if (this.#topics.size === 0) return null;
    if (this.#found !== null && hasName(this.#found, bytes, start, end)) return this.#found;
    const topic = this.#topics.get(byteName(bytes, start, end)) ?? null;
    if (topic !== null) this.#found = topic;
    return topic;
  }

  /** Subscribes to `bytes[start, end)`, which is copied; again does nothing. Returns the topic. O(length). */
  subscribe(bytes: Uint8Array, start: number, end: number, subscriber: Subscriber): Topic {
    const name = byteName(bytes, start, end);
    let topic = this.#topics.get(name);
    if (topic === undefined) {
      topic = { name: Buffer.from(bytes.subarray(start, end)), subscribers: new Set(), glob: null };
      this.#topics.set(name, topic);
    }
    topic.subscribers.add(subscriber);
    return topic;
  }

  /** Ends a subscription; a topic without subscribers is removed. O(length). */
  unsubscribe(topic: Topic, subscriber: Subscriber): void {
    topic.subscribers.delete(subscriber);
    if (topic.subscribers.size > 0) return;
    this.#topics.delete(byteName(topic.name, 0, topic.name.length));
    if (this.#found === topic) this.#found = null;
  }

  [Symbol.iterator](): Iterator<Topic> {
    return this.#topics.values();
  }
}

function hasName({ name }: Topic, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[start + i]) return false;
  return true;
}
