import { spawn, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backends, DAEMON_MISSING, type Daemon, startDaemon } from '../harness/daemon';

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const toolsMissing =
  has('redis-cli') && has('redis-benchmark') ? null : 'redis-cli and redis-benchmark are not on this machine';
const missing = DAEMON_MISSING ?? toolsMissing;

/** Runs a program with that standard input and resolves to what it printed. */
function run(
  program: string,
  argv: readonly string[],
  input = '',
): Promise<{ code: number | null; output: string; errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, { timeout: 20_000, env: { ...process.env, TERM: 'dumb' } });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output, errors }));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

for (const backend of backends) {
  describe.skipIf(missing !== null)(
    `the tools of Redis over ${backend}${missing ? ` (left out: ${missing})` : ''}`,
    { timeout: 30_000 },
    () => {
      let daemon: Daemon | null = null;
      beforeAll(async () => {
        daemon = await startDaemon(['--event-loop', backend]);
        // libuv runs on every machine: there a daemon that does not start is a failure.
        if (backend === 'libuv') expect(daemon).not.toBeNull();
      }, 20_000);
      afterAll(async () => void (await daemon?.stop()));

      beforeEach((context) => context.skip(daemon === null, `the ${backend} backend does not run on this machine`));

      it('redis-cli with arguments', async () => {
        const at = ['-p', String(daemon!.port)];
        expect((await run('redis-cli', [...at, 'SET', 'k', 'a b'])).output).toBe('OK\n');
        expect((await run('redis-cli', [...at, 'GET', 'k'])).output).toBe('a b\n');
        expect((await run('redis-cli', [...at, '-3', 'GET', 'missing'])).output).toBe('\n');
        expect((await run('redis-cli', [...at, '-x', 'SET', 'stdin'], 'from stdin')).output).toBe('OK\n');
        expect((await run('redis-cli', ['-s', daemon!.socketPath, 'GET', 'stdin'])).output).toBe('from stdin\n');
      });

      it('redis-cli with commands on its standard input, and --pipe', async () => {
        const lines = Array.from({ length: 200 }, (_, i) => `SET line:${i} ${i}`).join('\n');
        const { output } = await run('redis-cli', ['-p', String(daemon!.port)], `${lines}\nDBSIZE\nINCR line:7\nGET\n`);
        expect(output).toMatch(/^(OK\n){200}\d+\n8\nERR wrong number of arguments for 'get' command\n/);
        const piped = await run(
          'redis-cli',
          ['-p', String(daemon!.port), '--pipe'],
          lines.replaceAll('\n', '\r\n').concat('\r\n'),
        );
        expect(piped.output).toContain('errors: 0, replies: 200');
      });

      it('redis-cli --scan', async () => {
        const { output } = await run('redis-cli', ['-p', String(daemon!.port), '--scan', '--pattern', 'line:1?']);
        expect(new Set(output.trim().split('\n')).size).toBe(10);
      });

      it('redis-cli on a terminal', async (context) => {
        context.skip(!has('script'), 'there is no script of util-linux, which would give a terminal');
        const { output } = await run(
          'script',
          ['-qec', `redis-cli -p ${daemon!.port}`, '/dev/null'],
          'SET tty "x y"\nGET tty\nGET\nexit\n',
        );
        expect(output).toContain('"x y"');
        expect(output).toContain("(error) ERR wrong number of arguments for 'get' command");
      });

      for (const pipeline of ['1', '16']) {
        it(`redis-benchmark with -P ${pipeline} has no errors`, async () => {
          const argv = [
            '-p',
            String(daemon!.port),
            '-t',
            'set,get,incr,mset,ping',
            '-n',
            '4000',
            '-c',
            '20',
            '-P',
            pipeline,
            '-r',
            '1000',
            '--csv',
            '-e',
          ];
          const { code, output, errors } = await run('redis-benchmark', argv);
          expect(`${output}${errors}`).not.toMatch(/^Error|ERR /m);
          expect(code).toBe(0);
          for (const test of ['PING_INLINE', 'PING_MBULK', 'SET', 'GET', 'INCR', 'MSET'])
            expect(output).toContain(`"${test}`);
        });
      }
    },
  );
}
