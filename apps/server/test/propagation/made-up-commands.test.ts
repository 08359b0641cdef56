import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defineCommand } from '../../src/command/define-command';
import { keyAt } from '../../src/command/key-specification';
import { commands } from '../../src/commands';
import { KeyEvents } from '../../src/keyspace/key-event';
import { Arguments } from '../../src/request/arguments';
import { Reply } from '../../src/request/reply';
import { ReplayedPair } from '../harness/replayed-pair';

/** What all made-up commands have in common. */
const common = {
  summary: 'Made up',
  since: '1.0.0',
  group: 'string',
  flags: ['write'],
  categories: ['string'],
  keys: [keyAt(1, ['OW', 'update'])],
} as const;

/** STUTTER key value: stores the value twice over. The same wherever it is executed, so it says nothing of propagation. */
const stutter = defineCommand({
  ...common,
  name: 'stutter',
  arity: 3,
  execute(args, reply, call) {
    const [start, end] = [args.start(1), args.end(1)];
    const twice = Buffer.concat([args.copyArgument(2), args.copyArgument(2)]);
    call.database.strings.set(args.bytes, start, end, twice, 0, twice.length);
    call.database.changed(KeyEvents.string.set, args.bytes, start, end);
    reply.ok();
  },
});

/** ROLL key: stores a random number, and propagates which. */
const roll = defineCommand({
  ...common,
  name: 'roll',
  arity: 2,
  execute(args, reply, call) {
    const [start, end] = [args.start(1), args.end(1)];
    const digits = Buffer.from(String(call.keyspace.randomUint32()));
    call.database.strings.set(args.bytes, start, end, digits, 0, digits.length);
    call.database.changed(KeyEvents.string.set, args.bytes, start, end);
    if (call.isPropagated) {
      const command = call.propagateAs(3);
      command.bulkString('SET');
      command.bulk(args.bytes, start, end);
      command.bulk(digits, 0, digits.length);
    }
    reply.bulk(digits, 0, digits.length);
  },
});

/** SECRETLY key value: stores a value that stays on this server. */
const secretly = defineCommand({
  ...common,
  name: 'secretly',
  arity: 3,
  execute(args, reply, call) {
    const [start, end] = [args.start(1), args.end(1)];
    call.database.strings.set(args.bytes, start, end, args.bytes, args.start(2), args.end(2));
    call.database.changed(KeyEvents.string.set, args.bytes, start, end);
    call.propagateNothing();
    reply.ok();
  },
});

/** TWICE command [argument …]: calls a command two times, and one that only reads in between. */
const twice = defineCommand({
  ...common,
  name: 'twice',
  arity: -2,
  keys: [],
  execute(args, reply, call) {
    const inner = new Reply();
    const call1 = requestOf(...Array.from({ length: args.count - 1 }, (_, i) => args.toLatin1(i + 1)));
    call.execute(call1, inner);
    call.execute(requestOf('GET', 'a'), inner);
    call.execute(call1, inner);
    reply.raw(inner.bytes, 0, inner.position);
  },
});

function requestOf(...words: string[]): Arguments {
  const args = new Arguments();
  args.bytes = Buffer.from(words.join(''), 'latin1');
  args.count = 0;
  let at = 0;
  for (const word of words) {
    args.appendSpan(at, at + word.length);
    at += word.length;
  }
  return args;
}

describe('a command that nothing but its definition knows', () => {
  let pair: ReplayedPair;

  beforeEach(() => {
    pair = new ReplayedPair([...commands, stutter, roll, secretly, twice]);
  });

  afterEach(() => {
    pair.stop();
  });

  function run(...lines: string[]): string[] {
    for (const line of lines) pair.execute(0, line.split(' '));
    return pair.units.splice(0).map((unit) => unit.join('; '));
  }

  function expectSame(): void {
    const { primary, replica } = pair.describe();
    expect(primary.length).toBeGreaterThan(1);
    expect(replica).toEqual(primary);
  }

  it('is propagated as it came', () => {
    expect(run('STUTTER a ab', 'stutter b x')).toEqual(['STUTTER a ab', 'stutter b x']);
    expectSame();
  });

  it('is propagated as what it says', () => {
    const units = run('ROLL a', 'SELECT 3', 'ROLL b');
    expect(units.map((unit) => unit.replace(/\d+$/, '<number>'))).toEqual(['SET a <number>', 'SET b <number>']);
    expectSame();
  });

  it('is not propagated if it says so', () => {
    expect(run('SECRETLY a x', 'SET b y')).toEqual(['SET b y']);
    expect(pair.describe().replica).toHaveLength(2);
    expect(pair.describe().primary).toHaveLength(3);
  });

  it('is propagated as the commands that it calls, as one transaction', () => {
    expect(run('TWICE ROLL a')).toEqual([expect.stringMatching(/^MULTI; SET a \d+; SET a \d+; EXEC$/)]);
    expect(run('TWICE SECRETLY b x', 'TWICE GET a', 'TWICE INCR n')).toEqual(['MULTI; INCR n; INCR n; EXEC']);
  });

  it('is part of a transaction like any other', () => {
    expect(run('MULTI', 'ROLL a', 'STUTTER b x', 'SECRETLY c y', 'SELECT 2', 'TWICE INCR n', 'EXEC')).toEqual([
      expect.stringMatching(/^MULTI; SET a \d+; STUTTER b x; INCR n; INCR n; EXEC$/),
    ]);
    run('DEL c', 'SELECT 0', 'DEL c');
    expectSame();
  });
});
