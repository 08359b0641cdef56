import type { Configuration } from '../../config/configuration';
import { KeyspaceEvents } from '../../config/kinds/keyspace-events';
import type { KeyEventListener } from '../../keyspace/changes';
import type { KeyEvent } from '../../keyspace/key-event';
import { notifiedClasses } from '../../runtime/notified-classes';
import type { PubSub } from './pub-sub';

/** Where keyspace events come from. */
export interface KeyEventSource {
  onEvent: KeyEventListener;
  /** Bits of EventClass that are reported; while it is 0, an event costs a write one comparison. */
  notifiedClasses: number;
}

/**
 * Publishes keyspace events: the name of the event on `__keyspace@<db>__:<key>`, and the key on
 * `__keyevent@<db>__:<event>`.
 */
export class KeyNotifications {
  readonly #pubSub: PubSub;
  readonly #source: KeyEventSource;
  /** Bits of KeyspaceEvents: `notify-keyspace-events`. */
  #options = 0;

  constructor(pubSub: PubSub, source: KeyEventSource, config: Configuration) {
    this.#pubSub = pubSub;
    this.#source = source;
    source.onEvent = (event, database, key, start, end) => this.publish(event, database, key, start, end);
    pubSub.onSubscribersChange = () => this.#updateClasses();
    config.follow(['notify-keyspace-events'], (values) => {
      this.#options = values['notify-keyspace-events'];
      this.#updateClasses();
    });
  }

  /** Publishes one event of a key on the enabled channels. O(key + what publishing costs). */
  publish(event: KeyEvent, databaseIndex: number, key: Uint8Array, start: number, end: number): void {
    const name = Buffer.from(event.name, 'latin1');
    if ((this.#options & KeyspaceEvents.keyspace) !== 0) {
      const channel = channelOf(`__keyspace@${databaseIndex}__:`, key, start, end);
      this.#pubSub.publish(channel, 0, channel.length, name, 0, name.length);
    }
    if ((this.#options & KeyspaceEvents.keyevent) !== 0) {
      const channel = channelOf(`__keyevent@${databaseIndex}__:`, name, 0, name.length);
      this.#pubSub.publish(channel, 0, channel.length, key, start, end);
    }
  }

  /** Asks for no events while there are no subscribers. */
  #updateClasses(): void {
    this.#source.notifiedClasses = this.#pubSub.hasSubscribers ? notifiedClasses(this.#options) : 0;
  }
}

/** The channel `prefix` + `bytes[start, end)`. O(length). */
function channelOf(prefix: string, bytes: Uint8Array, start: number, end: number): Buffer {
  const channel = Buffer.allocUnsafe(prefix.length + end - start);
  channel.write(prefix, 'latin1');
  channel.set(bytes.subarray(start, end), prefix.length);
  return channel;
}
