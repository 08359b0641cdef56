import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { CommandText } from '../harness/command-line';
import { repliesAgree } from '../harness/normalise';
import { describeWithOracle, useBothServers } from '../harness/oracle-cases';
import type { Side } from '../harness/oracle-run';
import { randomCommand } from '../harness/random-commands';
import { escapeBytes } from '../harness/reply-frame';
import type { Comparison } from '../harness/steps';
import { holdsFor } from '../harness/timed-property';

/** How deep in their replies the order is a matter of chance, by command. */
const unorderedDepths: Readonly<Record<string, number>> = {
  KEYS: 1,
  HGETALL: 1,
  HKEYS: 1,
  HVALS: 1,
  HRANDFIELD: 1,
  HSCAN: 2,
  SMEMBERS: 1,
  SINTER: 1,
  SUNION: 1,
  SDIFF: 1,
  SPOP: 1,
  SRANDMEMBER: 1,
  SSCAN: 2,
  ZSCAN: 2,
  EXEC: 3,
};

const comparisonOf = (words: readonly (string | Buffer)[]): Comparison => {
  const depth = unorderedDepths[words[0] as string];
  return depth === undefined ? { how: 'exact' } : { how: 'unordered', depth };
};

/** Milliseconds that each property may take; the seed and the shrunk sequence are in the failure message. */
const budgetMs = Number(process.env.NANOREDIS_SEQUENCES_MS ?? 4500);

describeWithOracle('random sequences of commands', () => {
  const servers = useBothServers();

  beforeAll(async () => {
    // Few elements pass these limits, so that small and large collections meet in sequences of few commands.
    const limits = 'CONFIG SET hash-max-listpack-entries 4 set-max-intset-entries 4 zset-max-listpack-entries 4';
    // When a key past its deadline is removed without being asked for is a matter of the moment, and DBSIZE shows it.
    for (const side of [servers.oracle, servers.subject]) {
      const client = await side.client('switch', 2);
      expect((await client.call('DEBUG SET-ACTIVE-EXPIRE 0')).toString()).toBe('+OK\r\n');
      expect((await client.call(limits)).toString()).toBe('+OK\r\n');
    }
  });

  for (const protocol of [2, 3] as const) {
    const timeout = budgetMs * 4 + 20_000;
    it(`get the same replies and leave the same data (RESP${protocol})`, { timeout }, async () => {
      const sides = [servers.oracle, servers.subject];
      await holdsFor(
        budgetMs,
        fc.array(randomCommand, { minLength: 1, maxLength: 60 }),
        async (commands: CommandText[]) => {
          await Promise.all(sides.map((side) => side.begin()));
          try {
            const [expected, actual] = await Promise.all(
              sides.map(async (side) => (await side.client('main', protocol)).pipeline(commands)),
            );
            commands.forEach((words, i) => {
              if (repliesAgree(expected![i]!, actual![i]!, comparisonOf(words as (string | Buffer)[]))) return;
              const replies = `redis-server: ${escapeBytes(expected![i]!)}\n  ours: ${escapeBytes(actual![i]!)}`;
              throw new Error(`command ${i + 1}, ${words}\n  ${replies}`);
            });
            const [expectedData, actualData] = await Promise.all(sides.map((side) => side.describeDataset()));
            expect(actualData).toEqual(expectedData);
          } finally {
            await Promise.all(sides.map((side) => side.finish()));
          }
        },
      );
    });
  }

  it('publish the same events of keys', { timeout: budgetMs * 4 + 20_000 }, async () => {
    const sides = [servers.oracle, servers.subject];
    for (const side of sides) {
      const client = await side.client('switch', 2);
      expect((await client.call('CONFIG SET notify-keyspace-events KEAmn')).toString()).toBe('+OK\r\n');
    }
    const heard = async (side: Side, commands: CommandText[]): Promise<string[]> => {
      const ear = await side.client('ear', 2);
      await ear.call('PSUBSCRIBE __key*');
      await ear.call('SUBSCRIBE end');
      await (await side.client('main', 2)).pipeline([...commands, 'RESET', 'PUBLISH end x']);
      const messages: string[] = [];
      for (let message = await ear.next(); message.includes('__key'); message = await ear.next()) {
        messages.push(escapeBytes(message));
      }
      return messages;
    };
    await holdsFor(
      budgetMs,
      fc.array(randomCommand, { minLength: 1, maxLength: 40 }),
      async (commands: CommandText[]) => {
        await Promise.all(sides.map((side) => side.begin()));
        try {
          const [expected, actual] = await Promise.all(sides.map((side) => heard(side, commands)));
          expect(actual).toEqual(expected);
        } finally {
          await Promise.all(sides.map((side) => side.finish()));
        }
      },
    );
  });
});
