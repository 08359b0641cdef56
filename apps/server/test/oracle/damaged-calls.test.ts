import fc from 'fast-check';
import { expect, it } from 'vitest';
import { repliesAgree } from '../harness/normalise';
import { describeWithOracle, useBothServers } from '../harness/oracle-cases';
import { escapeBytes } from '../harness/reply-frame';
import { holdsFor } from '../harness/timed-property';
import { validCalls as calls, data } from '../harness/valid-calls';

const numbers =
  '0 -0 -1 1 2 01 +1 1.5 1e3 0x10 nan -nan inf -inf +inf (1 (inf (nan 2147483647 2147483648 -2147483648 -2147483649 4294967296 ' +
  '4611686018427387904 -4611686018427387904 9223372036854775807 -9223372036854775808 9223372036854775808 18446744073709551616 1e400 1e-400';
const words = 'x - + ( [ [a (a WITHSCORES LIMIT COUNT STORE GET BY s l is ss h z g pf missing';
const oddities = fc.oneof(
  fc.constantFrom(...numbers.split(' ')),
  fc.constantFrom(...words.split(' ')),
  fc.constantFrom('', ' ', ' 1', '1 ', 'a\0b', '\xff'),
);
const options =
  'NX XX GT LT CH INCR COUNT LIMIT WITHSCORES REV ASC DESC ANY STORE STOREDIST ALPHA GET BY MATCH BYSCORE BYLEX WEIGHTS AGGREGATE RANK MAXLEN EX PERSIST REPLACE DB';

/** What happens to a call: an argument is replaced, left out or doubled, or an option and its value come behind. */
const damage = fc.oneof(
  { weight: 4, arbitrary: fc.record({ at: fc.nat(20), removed: fc.constant(1), added: fc.tuple(oddities) }) },
  fc.record({ at: fc.nat(20), removed: fc.constant(1), added: fc.constant([]) }),
  fc.record({ at: fc.nat(20), removed: fc.constant(0), added: fc.tuple(oddities) }),
  fc.record({
    at: fc.constant(null),
    removed: fc.constant(0),
    added: fc.tuple(fc.constantFrom(...options.split(' ')), fc.constantFrom('1', '-1', '0', 'x')),
  }),
);

const damagedCall = fc
  .tuple(fc.constantFrom(...calls), fc.array(damage, { maxLength: 2 }))
  .map(([call, damages]) => {
    const result = [...call];
    for (const { at, removed, added } of damages) {
      result.splice(at === null ? result.length : 1 + (at % (result.length - 1 || 1)), removed, ...added);
    }
    return result;
  })
  .filter((call) => !waitsOrWanders(call));

/** Whether a call may block for long, or meets elements in an order that is no matter of comparison. */
function waitsOrWanders([name = '', ...args]: readonly string[]): boolean {
  if (/^B[LRZ]/.test(name)) return args.some((arg) => /inf/.test(arg) || (Number(arg) >= 0 && arg !== '0.001'));
  // BY without an asterisk does not sort, so a set of words comes in the order of its table.
  if (/^SORT/.test(name)) return args[0] === 'ss';
  if (/SCAN$/.test(name)) return !args.slice(0, 2).includes('0') || scansInParts(name, args);
  return false;
}

/** Whether a scan need not meet everything at once; what it meets first is a matter of the table then. */
function scansInParts(name: string, args: readonly string[]): boolean {
  const at = args.lastIndexOf('COUNT');
  const count = at < 0 ? 10 : Number(args[at + 1]);
  return count > 0 && count < (name === 'SCAN' ? 100 : 10);
}

const isUnordered = /^(HGETALL|HKEYS|HVALS|HSCAN|SMEMBERS|SINTER|SUNION|SDIFF|SSCAN|ZSCAN|SCAN)$/;
const budgetMs = Number(process.env.NANOREDIS_SEQUENCES_MS ?? 3000);

describeWithOracle('calls with something wrong in them', () => {
  const servers = useBothServers();

  for (const protocol of [2, 3] as const) {
    it(`get the same replies and change the same (RESP${protocol})`, { timeout: budgetMs * 4 + 20_000 }, async () => {
      const sides = [servers.oracle, servers.subject];
      await holdsFor(budgetMs, damagedCall, async (call) => {
        const [expected, actual] = await Promise.all(
          sides.map(async (side) => {
            const client = await side.client('main', protocol);
            const text = call.map((word) => Buffer.from(word, 'latin1'));
            return client.pipeline(['FLUSHALL', 'SELECT 0', ...data, text, 'DEBUG DIGEST']);
          }),
        );
        const how = isUnordered.test(call[0]!)
          ? ({ how: 'unordered', depth: 2 } as const)
          : ({ how: 'exact' } as const);
        const at = data.length + 2;
        if (!repliesAgree(expected![at]!, actual![at]!, how)) {
          throw new Error(`redis-server: ${escapeBytes(expected![at]!)}\n  ours: ${escapeBytes(actual![at]!)}`);
        }
        expect(actual![at + 1]!.toString(), 'the data afterwards').toBe(expected![at + 1]!.toString());
      });
    });
  }
});
