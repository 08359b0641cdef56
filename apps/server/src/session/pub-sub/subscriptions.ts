import type { Session } from '../session';
import type { TopicKind } from './pub-sub';
import type { PublishedMessage } from './published-message';
import type { Subscriber } from './subscriber';
import type { Topic } from './topics';

/** What a session has subscribed to; it exists only while that is anything. */
export class Subscriptions implements Subscriber, Readonly<Record<TopicKind, ReadonlySet<Topic>>> {
  readonly channels = new Set<Topic>();
  readonly patterns = new Set<Topic>();
  readonly shardChannels = new Set<Topic>();
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  get isEmpty(): boolean {
    return this.channels.size + this.patterns.size + this.shardChannels.size === 0;
  }

  /** The number that confirmations of this kind tell: channels and patterns count together, shard channels alone. */
  count(kind: TopicKind): number {
    return kind === 'shardChannels' ? this.shardChannels.size : this.channels.size + this.patterns.size;
  }

  add(kind: TopicKind, bytes: Uint8Array, start: number, end: number): void {
    this[kind].add(this.#session.instance.pubSub.subscribe(kind, bytes, start, end, this));
  }

  remove(kind: TopicKind, topic: Topic): void {
    if (this[kind].delete(topic)) this.#session.instance.pubSub.unsubscribe(kind, topic, this);
  }

  /** Ends all subscriptions. O(subscriptions). */
  clear(): void {
    for (const kind of ['channels', 'patterns', 'shardChannels'] as const) {
      for (const topic of this[kind]) this.remove(kind, topic);
    }
  }

  receive(message: PublishedMessage): void {
    this.#session.receive(message);
  }
}
