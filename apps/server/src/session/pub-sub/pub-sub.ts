import { Glob, MAX_PATTERN_BYTES, PATTERN_TOO_LONG } from '../../values/glob';
import { type Announcement, PublishedMessage } from './published-message';
import type { Subscriber } from './subscriber';
import { type Topic, Topics } from './topics';

/** The kinds of what one can subscribe to. Without a cluster, shard channels are channels of a second namespace. */
export type TopicKind = 'channels' | 'patterns' | 'shardChannels';

/**
 * Who has subscribed to what, and the way of a message to them.
 *
 * Nothing is kept: a message goes to those who listen now. What a slow reader has not taken waits in the output of its
 * connection, under `client-output-buffer-limit pubsub`.
 */
export class PubSub implements Readonly<Record<TopicKind, Topics>> {
  readonly channels = new Topics();
  readonly patterns = new Topics();
  readonly shardChannels = new Topics();
  /** Told when the first has come who may hear of keyspace events, and when the last has gone. */
  onAudienceChange: () => void = () => {};
  readonly #message = new PublishedMessage();

  /** Whether anybody has subscribed to a channel or a pattern. O(1). */
  get hasAudience(): boolean {
    return this.channels.size + this.patterns.size > 0;
  }

  /**
   * Subscribes to the topic named `bytes[start, end)`; again does nothing. O(length).
   * @throws ReplyError when a pattern is too long.
   */
  subscribe(kind: TopicKind, bytes: Uint8Array, start: number, end: number, subscriber: Subscriber): Topic {
    if (kind === 'patterns' && end - start > MAX_PATTERN_BYTES) throw PATTERN_TOO_LONG;
    const hadAudience = this.hasAudience;
    const topic = this[kind].subscribe(bytes, start, end, subscriber);
    if (this.hasAudience !== hadAudience) this.onAudienceChange();
    return topic;
  }

  /** Ends a subscription. O(length of the name). */
  unsubscribe(kind: TopicKind, topic: Topic, subscriber: Subscriber): void {
    const hadAudience = this.hasAudience;
    this[kind].unsubscribe(topic, subscriber);
    if (this.hasAudience !== hadAudience) this.onAudienceChange();
  }

  /**
   * Sends a message to the subscribers of a channel and of the patterns that match it, who get it once for each of these
   * subscriptions. Returns how many messages that were. O(subscribers + all patterns).
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

  /** Sends a message to the subscribers of a shard channel; returns how many they are. O(subscribers). */
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
