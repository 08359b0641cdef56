import { expect, it } from 'vitest';
import { type CommandText, commandArguments } from '../harness/command-line';
import { describeWithOracle, useBothServers } from '../harness/oracle-cases';
import { decodeFrame, type ReplyTree } from '../harness/reply-frame';

const keyLines = [
  'GET k',
  'SET k v EX 1 GET',
  'SET k v GET',
  'SET k v',
  'MSET a 1 b 2 c 3',
  'MSETNX a 1',
  'MGET a b c',
  'DEL a b',
  'UNLINK a',
  'EXISTS a b',
  'TOUCH a b',
  'GETEX k PERSIST',
  'GETDEL k',
  'GETSET k v',
  'APPEND k v',
  'STRLEN k',
  'INCRBY k 1',
  'INCRBYFLOAT k 1',
  'SETRANGE k 0 v',
  'GETRANGE k 0 1',
  'SUBSTR k 0 1',
  'LCS a b IDX',
  'SETBIT k 0 1',
  'GETBIT k 0',
  'BITCOUNT k 0 -1',
  'BITPOS k 1',
  'BITOP AND d a b',
  'BITFIELD k GET u8 0',
  'BITFIELD k SET u8 0 1',
  'BITFIELD k',
  'BITFIELD k GET u8 0 INCRBY u8 0 1',
  'BITFIELD_RO k GET u8 0',
  'EXPIRE k 1',
  'PEXPIREAT k 1 NX',
  'TTL k',
  'PERSIST k',
  'RENAME a b',
  'RENAMENX a b',
  'COPY a b REPLACE',
  'MOVE a 1',
  'TYPE k',
  'OBJECT ENCODING k',
  'OBJECT FREQ k',
  'OBJECT HELP',
  'MEMORY USAGE k',
  'WATCH a b',
  'DEBUG OBJECT k',
  'KEYS *',
  'PING',
  'SELECT 1',
  'SCAN 0',
  'MULTI',
  'GET',
  'MSET a',
  'NOSUCH k',
  'CONFIG GET x',
  'CLIENT SETNAME k',
  'COMMAND INFO get',
  'OBJECT',
  'SETEX k 1 v',
  'PSETEX k 1 v',
  'DECR k',
  'GET a b',
];
const patterns = ['*', 'get*', '*|*', 'config|*', 'SET*', 'nothing', '[a-c]*', '?et'];
const categories = [
  'keyspace',
  'read',
  'write',
  'set',
  'sortedset',
  'list',
  'hash',
  'string',
  'bitmap',
  'hyperloglog',
  'geo',
  'stream',
  'pubsub',
  'admin',
  'fast',
  'slow',
  'blocking',
  'dangerous',
  'connection',
  'transaction',
  'scripting',
];

const isSubcommand = (tree: ReplyTree | undefined): boolean => tree?.text?.includes('|') === true;

/**
 * Puts subcommands in order by name, which Redis answers in the order of a hash table, and leaves out those that are not in
 * `known`; nothing else moves.
 */
function withOrderedSubcommands(tree: ReplyTree, known: ReadonlySet<string> | null = null): ReplyTree {
  if (tree.items === null) return tree;
  const items = tree.items.map((item) => withOrderedSubcommands(item, known));
  const isKnown = (item: ReplyTree): boolean => known === null || known.has(name(item));
  const name = (item: ReplyTree): string => item.text ?? item.items?.[0]?.text ?? '';
  if (items.length > 0 && items.every((item) => isSubcommand(item.items?.[0]))) {
    return { ...tree, items: items.filter(isKnown).sort((a, b) => (name(a) < name(b) ? -1 : 1)) };
  }
  if (items.length > 1 && items.every((item, i) => (i % 2 === 1 ? item.items !== null : isSubcommand(item)))) {
    const pairs = items.flatMap((key, i) => (i % 2 === 0 ? [[key, items[i + 1]!]] : []));
    const kept = pairs.filter(([key]) => isKnown(key!));
    return { ...tree, items: kept.sort(([a], [b]) => (name(a!) < name(b!) ? -1 : 1)).flat() };
  }
  return { ...tree, items };
}

/** A tree as plain nested values, for readable differences. */
function plain(tree: ReplyTree): unknown {
  return tree.items === null ? `${tree.type}${tree.text}` : { [tree.type]: tree.items.map(plain) };
}

describeWithOracle('what commands tell about themselves', () => {
  const comparison = useBothServers();

  async function ask(
    side: 'oracle' | 'subject',
    command: CommandText,
    protocol: 2 | 3,
    known: ReadonlySet<string> | null = null,
  ): Promise<ReplyTree> {
    const client = await comparison[side].client(`metadata${protocol}`, protocol);
    return withOrderedSubcommands(decodeFrame(await client.call(commandArguments(command))), known);
  }

  async function names(side: 'oracle' | 'subject', filter = ''): Promise<string[]> {
    return (await ask(side, `COMMAND LIST ${filter}`, 2)).items!.map((item) => item.text!).sort();
  }

  async function differing(commands: readonly CommandText[], protocol: 2 | 3): Promise<void> {
    // Subcommands that are still to come (CLIENT TRACKING) are no difference of their container.
    const known = new Set(await names('subject'));
    for (const command of commands) {
      const [expected, actual] = [
        await ask('oracle', command, protocol, known),
        await ask('subject', command, protocol, known),
      ];
      expect.soft(plain(actual), String(command)).toEqual(plain(expected));
    }
  }

  it('names no command that redis-server does not have', async () => {
    const real = new Set(await names('oracle'));
    expect((await names('subject')).filter((name) => !real.has(name))).toEqual([]);
  });

  it('has at least the most used commands', async () => {
    expect(await names('subject')).toEqual(
      expect.arrayContaining(['get', 'set', 'del', 'multi', 'config|get', 'client|list', 'command|docs']),
    );
  });

  it('counts its commands', async () => {
    const topLevel = (await names('subject')).filter((name) => !name.includes('|'));
    expect((await ask('subject', 'COMMAND COUNT', 2)).text).toBe(String(topLevel.length));
    expect((await ask('subject', 'COMMAND', 2)).items).toHaveLength(topLevel.length);
  });

  for (const protocol of [2, 3] as const) {
    it(`COMMAND INFO of each command equals the real one (RESP${protocol})`, async () => {
      await differing(
        (await names('subject')).map((name) => ['COMMAND', 'INFO', name]),
        protocol,
      );
    });

    it(`COMMAND DOCS of each command equals the real one (RESP${protocol})`, async () => {
      await differing(
        (await names('subject')).map((name) => ['COMMAND', 'DOCS', name]),
        protocol,
      );
    });

    it(`COMMAND GETKEYS and GETKEYSANDFLAGS find the same keys (RESP${protocol})`, async () => {
      await differing(
        keyLines.flatMap((line) => [`COMMAND GETKEYS ${line}`, `COMMAND GETKEYSANDFLAGS ${line}`]),
        protocol,
      );
    });
  }

  it('COMMAND LIST FILTERBY filters as redis-server does', async () => {
    const ours = new Set(await names('subject'));
    const filters = [
      ...patterns.map((pattern) => `PATTERN ${pattern}`),
      ...categories.map((category) => `ACLCAT ${category}`),
    ];
    for (const filter of filters) {
      const expected = (await names('oracle', `FILTERBY ${filter}`)).filter((name) => ours.has(name));
      expect.soft(await names('subject', `FILTERBY ${filter}`), filter).toEqual(expected);
    }
  });
});
