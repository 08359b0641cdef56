import type { PubSub, TopicKind } from './pub-sub';
import type { Subscriber } from './subscriber';
import type { Topic } from './topics';

/** The subscriptions of one session; they exist only while there are any. */
export class Subscriptions implements Readonly<Record<TopicKind, ReadonlySet<Topic>>> {
  readonly channels = new Set<Topic>();
  readonly patterns = new Set<Topic>();
  readonly shardChannels = new Set<Topic>();
  readonly #pubSub: PubSub;
  readonly #subscriber: Subscriber;

  constructor(pubSub: PubSub, subscriber: Subscriber) {
    this.#pubSub = pubSub;
    this.#subscriber = subscriber;
  }

  /** Number of subscriptions of all kinds. O(1). */
  get size(): number {
    return this.channels.size + this.patterns.size + this.shardChannels.size;
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  /** The number in confirmations of this kind: channels and patterns count together, shard channels alone. */
  count(kind: TopicKind): number {
    return kind === 'shardChannels' ? this.shardChannels.size : this.channels.size + this.patterns.size;
  }

  /** Subscribes to the topic named `bytes[start, end)`; again does nothing. O(length). */
  add(kind: TopicKind, bytes: Uint8Array, start: number, end: number): void {
    this[kind].add(this.#pubSub.subscribe(kind, bytes, start, end, this.#subscriber));
  }

  /** Ends a subscription; does nothing where there is none. O(length of the name). */
  remove(kind: TopicKind, topic: Topic): void {
    if (this[kind].delete(topic)) this.#pubSub.unsubscribe(kind, topic, this.#subscriber);
  }

  /** Ends all subscriptions. O(subscriptions). */
  clear(): void {
    for (const kind of ['channels', 'patterns', 'shardChannels'] as const) {
      for (const topic of this[kind]) this.remove(kind, topic);
    }
  }
}
