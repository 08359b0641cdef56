import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InProcessClient } from '../../src/clients/in-process-client';
import { commands } from '../../src/commands';
import { debugSubcommands } from '../../src/commands/server/debug/subcommands';
import type { Instance } from '../../src/instance';
import { ManualClock } from '../../src/runtime/clock';
import { MAX_TEXT_BYTES } from '../../src/values/max-text-bytes';
import { createInstance } from '../harness/instance-fixture';
import { data, validCalls } from '../harness/valid-calls';

const LONG_WORD = Buffer.alloc(MAX_TEXT_BYTES + 1, 'x');
const LONG_NUMBER = Buffer.alloc(MAX_TEXT_BYTES + 1, '1');

/** What makes strings of bytes. */
const SLICES = ['latin1Slice', 'utf8Slice', 'asciiSlice', 'ucs2Slice', 'hexSlice', 'base64Slice'] as const;

/**
 * V8 throws for a string of 512 MiB, whose making takes a while. Here it throws for one that is longer than a text may
 * be, which no command may try to make of an argument.
 */
function refuseLongStrings(): void {
  const prototype = Buffer.prototype as unknown as Record<
    string,
    (this: Buffer, start?: number, end?: number) => string
  >;
  for (const name of SLICES) {
    const original = prototype[name]!;
    vi.spyOn(prototype, name).mockImplementation(function (this: Buffer, start = 0, end = this.length) {
      if (end - start > MAX_TEXT_BYTES) throw new Error('Cannot create a string longer than 0x1fffffe8 characters');
      return original.call(this, start, end);
    });
  }
}

describe('an argument that is too long for a string', () => {
  let instance: Instance;
  let client: InProcessClient;
  const lines: string[] = [];

  beforeEach(() => {
    lines.length = 0;
    const log = { write: (_level: string, line: string) => void lines.push(line) };
    instance = createInstance(new ManualClock(), commands, log);
    instance.config.assignText('enable-debug-command', 'yes');
    client = new InProcessClient(instance);
    for (const call of data) client.execute(String(call).split(' '));
    refuseLongStrings();
  });

  afterEach(() => {
    vi.restoreAllMocks();
    instance.stop();
  });

  /** Executes a call with each argument in turn replaced by a long one. */
  function replaceEach(call: readonly string[], first: number, longs = [LONG_WORD]): void {
    for (let i = first; i < call.length; i++) {
      for (const long of longs) {
        const reply = client.execute([...call.slice(0, i), long, ...call.slice(i + 1)]);
        // A blocking command waits; the reply is an error when the instance stops.
        if (reply instanceof Promise) reply.catch(() => {});
        if (lines.length > 0) expect.fail(`${call.slice(0, i).join(' ')} <long>: ${lines[0]}`);
      }
    }
  }

  it('breaks no valid call', () => {
    for (const call of validCalls) replaceEach(call, 0, [LONG_WORD, LONG_NUMBER]);
  });

  it('breaks no command, wherever it is', () => {
    const names: string[][] = [];
    instance.registry.forEach(({ name }) => void names.push(name.split('|')));
    for (const name of names) {
      if (name[0] === 'debug' || name[0] === 'shutdown') continue;
      for (let count = 1; count < 4; count++) replaceEach([...name, ...Array<string>(count).fill('1')], 1);
    }
  });

  it('breaks no DEBUG', () => {
    for (const { name, minArguments } of debugSubcommands) {
      if (name === 'sleep') continue;
      for (let count = 1; count < 3; count++) {
        const call = ['DEBUG', name, ...Array<string>(Math.max(minArguments - 2, count)).fill('1')];
        replaceEach(call, 1);
      }
    }
  });

  it('breaks no command of a transaction', () => {
    client.execute(['MULTI']);
    client.execute(['CLIENT', 'SETNAME', LONG_WORD]);
    client.execute(['INFO', LONG_WORD]);
    client.execute(['EXEC']);
    expect(lines).toEqual([]);
  });

  it('is no name of a client, which has at most 1024 bytes', () => {
    expect(String(client.execute(['CLIENT', 'SETNAME', 'x'.repeat(1024)]))).toBe('+OK\r\n');
    expect(String(client.execute(['CLIENT', 'SETNAME', 'x'.repeat(1025)]))).toMatch(
      /^-ERR Client names cannot be longer/,
    );
  });
});

/** With NANOREDIS_HUGE_TEXTS=yes: the real limit of V8. It takes some seconds and 2 GiB of memory. */
describe.runIf(process.env.NANOREDIS_HUGE_TEXTS === 'yes')('an argument of 512 MiB', () => {
  it('gets a reply wherever a command takes a text', () => {
    const lines: string[] = [];
    const log = { write: (_level: string, line: string) => void lines.push(line) };
    const instance = createInstance(new ManualClock(), commands, log);
    const client = new InProcessClient(instance);
    const huge = Buffer.alloc(2 ** 29, 'x');
    const calls = [[huge], ['ZADD', 'z', huge, 'm'], ['ZADD', 'z', 1, huge], ['WATCH', huge], ['CONFIG', 'GET', huge]];
    for (const call of calls) client.execute(call);
    expect(lines).toEqual([]);
    expect(String(client.execute(['PING']))).toBe('+PONG\r\n');
    expect(String(client.execute(['EXISTS', 'z']))).toBe(':0\r\n');
    instance.stop();
  });
});
