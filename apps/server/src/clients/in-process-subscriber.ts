import type { PubSub, TopicKind } from '../session/pub-sub/pub-sub';
import type { PublishedMessage } from '../session/pub-sub/published-message';
import type { Subscriber } from '../session/pub-sub/subscriber';
import type { Topic } from '../session/pub-sub/topics';

/** A published message, as a listener of the same process gets it. */
export class Message {
  constructor(
    /** The name of the channel, which need not be text. */
    readonly channelBytes: Buffer,
    /** The payload, which need not be text. */
    readonly bytes: Buffer,
  ) {}

  /** The channel's name as UTF-8 text. */
  get channel(): string {
    return this.channelBytes.toString();
  }

  /** The payload as UTF-8 text. */
  get text(): string {
    return this.bytes.toString();
  }
}

/** Passes messages to a function of this process. */
export class InProcessSubscriber implements Subscriber {
  readonly #listener: (message: Message) => void;
  readonly #pubSub: PubSub;
  readonly #kind: TopicKind;
  readonly #topic: Topic;
  #isSubscribed = true;

  /** Subscribes at once. */
  constructor(pubSub: PubSub, kind: TopicKind, name: Uint8Array, listener: (message: Message) => void) {
    this.#listener = listener;
    this.#pubSub = pubSub;
    this.#kind = kind;
    this.#topic = pubSub.subscribe(kind, name, 0, name.length, this);
  }

  /** Calls the function in a microtask, after the command that published: it may execute commands, and throw. */
  receive(message: PublishedMessage): void {
    const received = new Message(message.copyChannel(), message.copyPayload());
    queueMicrotask(() => {
      if (this.#isSubscribed) this.#listener(received);
    });
  }

  /** Ends the subscription; messages that were not passed on yet are dropped. Calling it again does nothing. */
  unsubscribe(): void {
    if (!this.#isSubscribed) return;
    this.#isSubscribed = false;
    this.#pubSub.unsubscribe(this.#kind, this.#topic, this);
  }
}
