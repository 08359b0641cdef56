import { KeyspaceEvents } from '../../config/kinds/keyspace-events';
import type { KeyEvent } from '../../keyspace/key-event';
import type { PubSub } from './pub-sub';

/**
 * Publishes keyspace events: the name of the event on `__keyspace@<db>__:<key>`, and the key on
 * `__keyevent@<db>__:<event>`.
 */
export class KeyNotifications {
  /** Bits of KeyspaceEvents. Those of the two kinds of channels are tested here, those of the event classes by the keyspace. */
  options = 0;
  readonly #pubSub: PubSub;

  constructor(pubSub: PubSub) {
    this.#pubSub = pubSub;
  }

  /** Publishes one event of a key on the enabled channels. O(key + what publishing costs). */
  publish(event: KeyEvent, databaseIndex: number, key: Uint8Array, start: number, end: number): void {
    const name = Buffer.from(event.name, 'latin1');
    if ((this.options & KeyspaceEvents.keyspace) !== 0) {
      const channel = channelOf(`__keyspace@${databaseIndex}__:`, key, start, end);
      this.#pubSub.publish(channel, 0, channel.length, name, 0, name.length);
    }
    if ((this.options & KeyspaceEvents.keyevent) !== 0) {
      const channel = channelOf(`__keyevent@${databaseIndex}__:`, name, 0, name.length);
      this.#pubSub.publish(channel, 0, channel.length, key, start, end);
    }
  }
}

/** The channel `prefix` + `bytes[start, end)`. O(length). */
function channelOf(prefix: string, bytes: Uint8Array, start: number, end: number): Buffer {
  const channel = Buffer.allocUnsafe(prefix.length + end - start);
  channel.write(prefix, 'latin1');
  channel.set(bytes.subarray(start, end), prefix.length);
  return channel;
}
