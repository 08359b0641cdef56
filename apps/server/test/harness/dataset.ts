import type { CommandText } from './command-line';
import type { RawClient } from './raw-client';
import { decodeFrame, escapeBytes, type ReplyTree } from './reply-frame';

const DATABASE_COUNT = 16;

const DUMP_OF_TYPE: Record<string, (key: Buffer) => CommandText> = {
  string: (key) => ['GET', key],
  list: (key) => ['LRANGE', key, 0, -1],
  set: (key) => ['SMEMBERS', key],
  zset: (key) => ['ZRANGE', key, 0, -1, 'WITHSCORES'],
  hash: (key) => ['HGETALL', key],
};
const UNORDERED_TYPES = new Set(['set', 'hash']);

function texts(tree: ReplyTree): string[] {
  return tree.items === null ? [tree.text ?? '(nil)'] : tree.items.flatMap(texts);
}

function shownValue(type: string, reply: Buffer): string {
  if (type === 'string') return escapeBytes(reply);
  const values = texts(decodeFrame(reply));
  if (!UNORDERED_TYPES.has(type)) return values.join(' ');
  const step = type === 'hash' ? 2 : 1;
  const groups = values.flatMap((_, i) => (i % step === 0 ? [values.slice(i, i + step).join('=')] : []));
  return groups.sort().join(' ');
}

/** Describes all databases of a server, a line for a key: type, encoding, whether it expires, value. O(data). */
export async function describeDataset(admin: RawClient): Promise<string[]> {
  const scans: CommandText[] = [];
  for (let database = 0; database < DATABASE_COUNT; database++)
    scans.push(['SELECT', database], ['KEYS', '*'], ['DBSIZE']);
  const found = await admin.pipeline(scans);
  const lines: string[] = [];
  for (let database = 0; database < DATABASE_COUNT; database++) {
    const keys = texts(decodeFrame(found[database * 3 + 1]!)).sort();
    const size = decodeFrame(found[database * 3 + 2]!).text;
    if (size !== '0') lines.push(`db${database}: DBSIZE ${size}`);
    if (keys.length === 0) continue;
    const named = keys.map((key) => Buffer.from(key, 'latin1'));
    await admin.call(['SELECT', database]);
    const facts = await admin.pipeline(
      named.flatMap((key) => [
        ['TYPE', key],
        ['OBJECT', 'ENCODING', key],
        ['PTTL', key],
      ]),
    );
    for (let i = 0; i < named.length; i++) {
      const [type, encoding, ttl] = facts.slice(i * 3, i * 3 + 3).map((reply) => decodeFrame(reply).text ?? '(nil)');
      const dump = DUMP_OF_TYPE[type!];
      const value = dump === undefined ? '' : shownValue(type!, await admin.call(dump(named[i]!)));
      const expires = Number(ttl) < 0 ? 'stays' : 'expires';
      lines.push(`db${database}: ${escapeBytes(named[i]!)} ${type} ${encoding} ${expires} ${value}`);
    }
  }
  await admin.call(['SELECT', 0]);
  return lines;
}
