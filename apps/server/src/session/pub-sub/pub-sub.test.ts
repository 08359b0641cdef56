import type { SharedOutput } from '@nanoredis/event-loop';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PubSub, type TopicKind } from './pub-sub';
import type { PublishedMessage } from './published-message';
import type { Subscriber } from './subscriber';
import type { Topic } from './topics';

/** Keeps the frames that it receives, as text. */
class Reader implements Subscriber {
  readonly frames: string[] = [];

  constructor(readonly protocol: 2 | 3 = 2) {}

  receive(message: PublishedMessage): void {
    this.frames.push(message.copyFrame(this.protocol).toString('latin1'));
  }
}

function subscribe(pubSub: PubSub, kind: TopicKind, name: string, subscriber: Subscriber): Topic {
  const bytes = Buffer.from(`<${name}>`, 'latin1');
  return pubSub.subscribe(kind, bytes, 1, bytes.length - 1, subscriber);
}

function publish(pubSub: PubSub, channel: string, payload: string, toShard = false): number {
  const bytes = Buffer.from(`<${channel}|${payload}>`, 'latin1');
  const end = 1 + channel.length;
  if (toShard) return pubSub.publishToShard(bytes, 1, end, bytes, end + 1, bytes.length - 1);
  return pubSub.publish(bytes, 1, end, bytes, end + 1, bytes.length - 1);
}

describe('PubSub', () => {
  it('gives each subscriber the frame of its protocol', () => {
    const pubSub = new PubSub();
    const readers = [new Reader(2), new Reader(3), new Reader(2)];
    for (const reader of readers) subscribe(pubSub, 'channels', 'news', reader);
    expect(publish(pubSub, 'news', 'x')).toBe(3);
    const rest = '$7\r\nmessage\r\n$4\r\nnews\r\n$1\r\nx\r\n';
    expect(readers.map(({ frames }) => frames)).toEqual([[`*3\r\n${rest}`], [`>3\r\n${rest}`], [`*3\r\n${rest}`]]);
  });

  it('gives all that read the same protocol the same output', () => {
    const pubSub = new PubSub();
    const outputs = new Map<SharedOutput, string[]>();
    for (const protocol of [2, 3, 2, 3, 2] as const) {
      subscribe(pubSub, 'channels', 'news', {
        receive(message) {
          const output = message.output(protocol);
          const text = Buffer.from(output.bytes.subarray(output.start, output.end)).toString('latin1');
          outputs.set(output, [...(outputs.get(output) ?? []), text]);
        },
      });
    }
    publish(pubSub, 'news', 'x');
    const rest = '$7\r\nmessage\r\n$4\r\nnews\r\n$1\r\nx\r\n';
    expect([...outputs.values()]).toEqual([Array(3).fill(`*3\r\n${rest}`), Array(2).fill(`>3\r\n${rest}`)]);
    expect([...outputs.keys()].map(({ bytes }) => bytes.length)).toEqual([0, 0]);
  });

  it('tells when the first listener comes and when the last one goes', () => {
    const pubSub = new PubSub();
    const told: boolean[] = [];
    pubSub.onSubscribersChange = () => told.push(pubSub.hasSubscribers);
    const reader = new Reader();
    const channel = subscribe(pubSub, 'channels', 'a', reader);
    const pattern = subscribe(pubSub, 'patterns', 'a', reader);
    const shard = subscribe(pubSub, 'shardChannels', 'a', reader);
    pubSub.unsubscribe('channels', channel, reader);
    expect(told).toEqual([true]);
    pubSub.unsubscribe('patterns', pattern, reader);
    pubSub.unsubscribe('shardChannels', shard, reader);
    expect(told).toEqual([true, false]);
  });

  it('lends its messages no memory that has grown', () => {
    const pubSub = new PubSub();
    const lengths: number[] = [];
    subscribe(pubSub, 'channels', 'a', { receive: (message) => lengths.push(message.output(2).bytes.length) });
    publish(pubSub, 'a', 'x'.repeat(1_000_000));
    publish(pubSub, 'a', 'x');
    expect(lengths[0]).toBeGreaterThan(1_000_000);
    expect(lengths[1]).toBeLessThan(65_537);
  });

  it('delivers as a list of subscriptions would', () => {
    const name = fc.constantFrom('', 'a', 'ab', 'a*', '\xff', '?', '*b');
    const kind = fc.constantFrom<TopicKind>('channels', 'patterns', 'shardChannels');
    const action = fc.oneof(
      fc.record({ does: fc.constant('subscribe'), who: fc.nat(2), kind, name }),
      fc.record({ does: fc.constant('unsubscribe'), who: fc.nat(2), kind, name }),
      fc.record({ does: fc.constant('publish'), who: fc.constant(0), kind, name }),
    );
    const matches = (pattern: string, channel: string): boolean =>
      channel === ''
        ? pattern === ''
        : new RegExp(`^${pattern.replace(/[*]/g, '[^]*').replace('?', '[^]')}$`).test(channel);
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        const pubSub = new PubSub();
        const readers = [new Reader(), new Reader(), new Reader()];
        const topics = new Map<string, Topic>();
        const expected: string[][] = [[], [], []];
        for (const [i, { does, who, kind, name }] of actions.entries()) {
          const id = `${who} ${kind} ${name}`;
          if (does === 'subscribe') {
            topics.set(id, subscribe(pubSub, kind, name, readers[who]!));
          } else if (does === 'unsubscribe') {
            const topic = topics.get(id);
            if (topic !== undefined) pubSub.unsubscribe(kind, topic, readers[who]!);
            topics.delete(id);
          } else {
            const toShard = kind === 'shardChannels';
            let receivers = 0;
            for (const key of topics.keys()) {
              const [, reader, listens, topic] = /^(\d) (\w+) (.*)$/s.exec(key)!;
              const hears = listens === 'patterns' ? !toShard && matches(topic!, name) : topic === name;
              if (!hears || (listens === 'shardChannels') !== toShard) continue;
              expected[Number(reader)]!.push(`${listens} ${i}`);
              receivers++;
            }
            expect(publish(pubSub, name, String(i), toShard)).toBe(receivers);
          }
        }
        const kinds = { message: 'channels', pmessage: 'patterns', smessage: 'shardChannels' };
        const heard = readers.map(({ frames }) =>
          frames.map((frame) => {
            const [, announcement, payload] = /^\*\d\r\n\$\d\r\n(\w+)\r\n.*\r\n(\d+)\r\n$/s.exec(frame)!;
            return `${kinds[announcement as keyof typeof kinds]} ${payload}`;
          }),
        );
        expect(heard.map((lines) => lines.sort())).toEqual(expected.map((lines) => lines.sort()));
        for (const kind of ['channels', 'patterns', 'shardChannels'] as const) {
          const names = [...topics.keys()].filter((key) => key.includes(` ${kind} `)).map((key) => key.slice(2));
          expect(pubSub[kind].size).toBe(new Set(names).size);
        }
      }),
    );
  });
});
