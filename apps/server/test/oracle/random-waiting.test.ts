import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeWithOracle, useBothServers } from '../harness/oracle-cases';
import type { Protocol, Side } from '../harness/oracle-run';
import { type RawClient, SILENCE_MARK } from '../harness/raw-client';
import { escapeBytes } from '../harness/reply-frame';
import { holdsFor } from '../harness/timed-property';

/** Clients that may block; `pusher` never does, so that there is always one that can execute something. */
const waiters = ['b', 'c', 'd', 'e', 'f'] as const;

const pick = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const key = pick('j', 'k', 'l');
const keys = fc.array(key, { minLength: 1, maxLength: 3 }).map((names) => names.join(' '));
const end = pick('LEFT', 'RIGHT');
const elements = fc
  .integer({ min: 1, max: 4 })
  .map((count) => Array.from({ length: count }, (_, i) => `e${i}`).join(' '));
const members = fc
  .integer({ min: 1, max: 3 })
  .map((count) => Array.from({ length: count }, (_, i) => `${i} m${i}`).join(' '));
const counted = keys.map((names) => `${names.split(' ').length} ${names}`);
const line = (...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((words) => words.join(' '));

const blocking = fc.oneof(
  line(pick('BLPOP', 'BRPOP', 'BZPOPMIN', 'BZPOPMAX'), keys, pick('0')),
  line(pick('BLMOVE'), key, key, end, end, pick('0')),
  line(pick('BRPOPLPUSH'), key, key, pick('0')),
  line(pick('BLMPOP 0'), counted, end, pick('COUNT 1', 'COUNT 2', '')),
  line(pick('BZMPOP 0'), counted, pick('MIN', 'MAX'), pick('COUNT 2', '')),
);
const writing = fc.oneof(
  { weight: 6, arbitrary: line(pick('RPUSH', 'LPUSH'), key, elements) },
  { weight: 3, arbitrary: line(pick('ZADD'), key, members) },
  { weight: 2, arbitrary: line(pick('DEL'), key) },
  { weight: 1, arbitrary: line(pick('SET'), key, pick('v')) },
  { weight: 2, arbitrary: fc.oneof(line(pick('RENAME'), key, key), line(pick('COPY'), key, key, pick('', 'REPLACE'))) },
  { weight: 1, arbitrary: line(pick('LMOVE'), key, key, end, end) },
  { weight: 1, arbitrary: pick('FLUSHDB') },
);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ client: fc.constantFrom(...waiters), lines: blocking.map((text) => [text]) }) },
  { weight: 4, arbitrary: fc.record({ client: pick('pusher', 'b', 'c'), lines: writing.map((text) => [text]) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      client: pick('pusher'),
      lines: fc
        .array(fc.oneof(writing, blocking), { minLength: 1, maxLength: 4 })
        .map((commands) => ['MULTI', ...commands, 'EXEC']),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      client: pick('pusher'),
      lines: fc.constantFrom(...waiters).map((name) => [`UNBLOCK ${name}`]),
    }),
  },
);

/** One server of the comparison, and which of its clients wait. */
class WaitingClients {
  readonly #admin: RawClient;
  readonly #clients = new Map<string, RawClient>();
  readonly #ids = new Map<string, string>();
  #blocked = new Set<string>();

  private constructor(admin: RawClient) {
    this.#admin = admin;
  }

  static async open(side: Side, protocol: Protocol): Promise<WaitingClients> {
    const group = new WaitingClients(await side.client('inspector', 2));
    for (const name of ['pusher', ...waiters]) {
      const client = await side.client(name, protocol);
      await client.call(`CLIENT SETNAME ${name}`);
      group.#ids.set(
        name,
        String(await client.call('CLIENT ID'))
          .slice(1)
          .trim(),
      );
      group.#clients.set(name, client);
    }
    return group;
  }

  isBlocked(name: string): boolean {
    return this.#blocked.has(name);
  }

  /** Sends the lines on a client that is not blocked; resolves to every reply that any client got because of them. */
  async take(name: string, lines: readonly string[]): Promise<string[]> {
    const client = this.#clients.get(name)!;
    const replies: string[] = [];
    for (const text of lines) {
      const unblocks = /^UNBLOCK (.)/.exec(text);
      const command = unblocks === null ? text : `CLIENT UNBLOCK ${this.#ids.get(unblocks[1]!)}`;
      const reply = await this.#ask(name, client, command.trim());
      replies.push(`${name}: ${reply}`);
    }
    const before = this.#blocked;
    this.#blocked = await this.#flagged();
    for (const other of before) {
      if (!this.#blocked.has(other)) replies.push(`${other}: ${escapeBytes(await this.#clients.get(other)!.next())}`);
    }
    return replies;
  }

  /** The reply to a command, or that it waits. */
  async #ask(name: string, client: RawClient, command: string): Promise<string> {
    let reply = await client.call(command, 2);
    while (reply === SILENCE_MARK) {
      if ((await this.#flagged()).has(name)) return 'waits';
      reply = await client.next(2);
    }
    return escapeBytes(reply);
  }

  async #flagged(): Promise<Set<string>> {
    const list = String(await this.#admin.call('CLIENT LIST'));
    return new Set([...list.matchAll(/ name=(\w+) .* flags=\w*b/g)].map((match) => match[1]!));
  }
}

/** Milliseconds that each property may take; the seed and the shrunk sequence are in the failure message. */
const budgetMs = Number(process.env.NANOREDIS_SEQUENCES_MS ?? 3000);

describeWithOracle('random sequences of clients that wait for each other', () => {
  const servers = useBothServers();

  for (const protocol of [2, 3] as const) {
    it(`get the same replies and leave the same data (RESP${protocol})`, {
      timeout: budgetMs * 4 + 20_000,
    }, async () => {
      const sides = [servers.oracle, servers.subject];
      await holdsFor(budgetMs, fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }), async (steps) => {
        await Promise.all(sides.map((side) => side.begin()));
        try {
          const groups = await Promise.all(sides.map((side) => WaitingClients.open(side, protocol)));
          for (const { client, lines } of steps) {
            if (groups[0]!.isBlocked(client)) continue;
            const [expected, actual] = await Promise.all(groups.map((group) => group.take(client, lines)));
            expect(actual, `after ${client}: ${lines.join('; ')}`).toEqual(expected);
          }
          const [expectedData, actualData] = await Promise.all(sides.map((side) => side.describeDataset()));
          expect(actualData).toEqual(expectedData);
        } finally {
          await Promise.all(sides.map((side) => side.finish()));
        }
      });
    });
  }
});
