import { Glob, MAX_PATTERN_BYTES, PATTERN_TOO_LONG } from '../../values/glob';
import { type Announcement, PublishedMessage } from './published-message';
import type { Subscriber } from './subscriber';
import { type Topic, Topics } from './topics';

/** What a client can subscribe to. Without a cluster, shard channels are channels in a second namespace. */
export type TopicKind = 'channels' | 'patterns' | 'shardChannels';

/**
 * The subscriptions of all clients, and the delivery of messages to them.
 *
 * Messages are not stored: a message is sent to its present subscribers. What a slow client has not read waits in the output of
 * its connection, limited by `client-output-buffer-limit pubsub`.
 */
export class PubSub implements Readonly<Record<TopicKind, Topics>> {
  readonly channels = new Topics();
  readonly patterns = new Topics();
  readonly shardChannels = new Topics();
  /** Called when the first client has subscribed to a channel or a pattern, and when the last has unsubscribed. */
  onSubscribersChange: () => void = () => {};
  readonly #message = new PublishedMessage();

  /** Whether a client has subscribed to a channel or a pattern. O(1). */
  get hasSubscribers(): boolean {
    return this.channels.size + this.patterns.size > 0;
  }

  /**
   * Subscribes to the topic named `bytes[start, end)`; again does nothing. O(length).
   * @throws ReplyError when a pattern is too long.
   */
  subscribe(kind: TopicKind, bytes: Uint8Array, start: number, end: number, subscriber: Subscriber): Topic {
    if (kind === 'patterns' && end - start > MAX_PATTERN_BYTES) throw PATTERN_TOO_LONG;
    const hadSubscribers = this.hasSubscribers;
    const topic = this[kind].subscribe(bytes, start, end, subscriber);
    if (this.hasSubscribers !== hadSubscribers) this.onSubscribersChange();
    return topic;
  }

  /** Ends a subscription. O(length of the name). */
  unsubscribe(kind: TopicKind, topic: Topic, subscriber: Subscriber): void {
    const hadSubscribers = this.hasSubscribers;
    this[kind].unsubscribe(topic, subscriber);
    if (this.hasSubscribers !== hadSubscribers) this.onSubscribersChange();
  }

  /**
   * Sends a message to the subscribers of a channel and of the patterns that match it; a client gets it once for each of its
   * matching subscriptions. Returns how many were sent. O(subscribers + all patterns).
   */
  publish(
    channel: Uint8Array,
    channelStart: number,
    channelEnd: number,
    payload: Uint8Array,
    payloadStart: number,
    payloadEnd: number,
  ): number {
    const message = this.#message;
    message.assign(channel, channelStart, channelEnd, payload, payloadStart, payloadEnd);
    const topic = this.channels.find(channel, channelStart, channelEnd);
    let receivers = topic === null ? 0 : this.#deliver(topic, 'message');
    for (const matched of this.patterns) {
      const { name } = matched;
      matched.glob ??= new Glob(name, 0, name.length);
      if (!matched.glob.matches(channel, channelStart, channelEnd)) continue;
      receivers += this.#deliver(matched, 'pmessage', name);
    }
    message.release();
    return receivers;
  }

  /** Sends a message to the subscribers of a shard channel. Returns their number. O(subscribers). */
  publishToShard(
    channel: Uint8Array,
    channelStart: number,
    channelEnd: number,
    payload: Uint8Array,
    payloadStart: number,
    payloadEnd: number,
  ): number {
    const topic = this.shardChannels.find(channel, channelStart, channelEnd);
    if (topic === null) return 0;
    this.#message.assign(channel, channelStart, channelEnd, payload, payloadStart, payloadEnd);
    const receivers = this.#deliver(topic, 'smessage');
    this.#message.release();
    return receivers;
  }

  #deliver({ subscribers }: Topic, announcement: Announcement, pattern: Buffer | null = null): number {
    this.#message.announceAs(announcement, pattern);
    for (const subscriber of subscribers) subscriber.receive(this.#message);
    return subscribers.size;
  }
}
