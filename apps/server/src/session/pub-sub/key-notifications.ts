import { KeyspaceEvents } from '../../config/kinds/keyspace-events';
import type { KeyEvent } from '../../keyspace/key-event';
import type { PubSub } from './pub-sub';

/**
 * Publishes what happens to keys: on `__keyspace@<db>__:<key>` which event it was, on `__keyevent@<db>__:<event>` which
 * key.
 */
export class KeyNotifications {
  /** Bits of KeyspaceEvents; those of the two kinds of channels count here, the keyspace asks for those of the classes. */
  options = 0;
  readonly #pubSub: PubSub;

  constructor(pubSub: PubSub) {
    this.#pubSub = pubSub;
  }

  /** Publishes one event of a key on the channels that are asked for. O(key + what publishing costs). */
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
