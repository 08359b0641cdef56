import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends, DAEMON_MISSING, runDaemon, startDaemon } from '../harness/daemon';
import { RawClient } from '../harness/raw-client';
import { freePort } from '../harness/real-server';

const oneLine = /^[^\n]+\n$/;

describe.skipIf(DAEMON_MISSING !== null)(
  `the daemon${DAEMON_MISSING ? ` (left out: ${DAEMON_MISSING})` : ''}`,
  { timeout: 20_000 },
  () => {
    let directory = '';
    beforeAll(() => {
      directory = mkdtempSync(join(tmpdir(), 'nanoredis-lifecycle-'));
    });
    afterAll(() => rmSync(directory, { recursive: true, force: true }));

    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      it(`ends with exit code 0 on ${signal}, and closes its connections`, async () => {
        const daemon = (await startDaemon())!;
        const client = await RawClient.open({ host: '127.0.0.1', port: daemon.port });
        await client.call('SET k v');
        daemon.process.kill(signal);
        expect(await daemon.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
        expect(await client.drain(1000)).toEqual({ bytes: Buffer.alloc(0), closed: true });
      });
    }

    for (const signal of ['SIGHUP', 'SIGUSR1'] as const) {
      it(`goes on after ${signal}, and opens no debugger`, async () => {
        const daemon = (await startDaemon())!;
        const client = await RawClient.open({ host: '127.0.0.1', port: daemon.port });
        daemon.process.kill(signal);
        for (let i = 0; i < 20; i++) {
          expect((await client.call('PING')).toString()).toBe('+PONG\r\n');
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        client.close();
        expect(await daemon.stop()).toMatchObject({ code: 0, signal: null, stderr: '' });
      });
    }

    for (const backend of backends) {
      it.skipIf(process.platform !== 'linux')(
        `lowers maxclients to what it may open, and refuses surplus clients (${backend})`,
        async ({ skip }) => {
          const daemon = await startDaemon(['--event-loop', backend], 128);
          if (daemon === null) return skip();
          const first = await RawClient.open({ host: '127.0.0.1', port: daemon.port });
          const maxclients = Number((await first.call('CONFIG GET maxclients')).toString().split('\r\n')[4]);
          expect(maxclients).toBeGreaterThan(50);
          expect(maxclients).toBeLessThan(112);
          const clients: RawClient[] = [first];
          while (clients.length < maxclients) {
            clients.push(await RawClient.open({ host: '127.0.0.1', port: daemon.port }));
            expect((await clients.at(-1)!.call('PING')).toString()).toBe('+PONG\r\n');
          }
          for (let i = 0; i < 8; i++) {
            const surplus = await RawClient.open({ host: '127.0.0.1', port: daemon.port });
            expect(await surplus.drain(5000)).toEqual({
              bytes: Buffer.from('-ERR max number of clients reached\r\n'),
              closed: true,
            });
          }
          for (const client of clients) client.close();
          const { stdout } = await daemon.stop();
          expect(stdout).toContain(`maxclients has been reduced to ${maxclients}`);
        },
      );

      it.skipIf(process.platform === 'win32')(
        `takes over the socket of a daemon that was killed, but not of one that runs (${backend})`,
        async ({ skip }) => {
          const path = join(directory, `killed-${backend}.sock`);
          const argv = ['--event-loop', backend, '--unixsocket', path];
          const killed = await startDaemon(argv);
          if (killed === null) return skip();
          killed.process.kill('SIGKILL');
          await killed.ended;
          const next = (await startDaemon(argv))!;
          const client = await RawClient.open({ path });
          expect((await client.call('PING')).toString()).toBe('+PONG\r\n');
          const third = await runDaemon(['--port', String(await freePort()), ...argv]).ended;
          expect(third).toMatchObject({ code: 1, stderr: expect.stringMatching(oneLine) });
          expect((await client.call('PING')).toString()).toBe('+PONG\r\n');
          client.close();
          expect(await next.stop()).toMatchObject({ code: 0 });
        },
      );
    }

    it('ends with exit code 0 on SHUTDOWN NOSAVE', async () => {
      const daemon = (await startDaemon())!;
      const client = await RawClient.open({ host: '127.0.0.1', port: daemon.port });
      client.write('SHUTDOWN NOSAVE\r\n');
      setTimeout(() => daemon.process.kill('SIGKILL'), 5000).unref();
      expect(await daemon.ended).toMatchObject({ code: 0 });
      client.close();
    });

    it('says what it is and where it listens', async () => {
      const daemon = (await startDaemon())!;
      const { stdout } = await daemon.stop();
      expect(stdout).toContain(String(daemon.port));
      expect(stdout).toContain(String(daemon.process.pid));
      expect(stdout).toMatch(/io_uring|epoll|libuv/);
    });

    it.skipIf(process.platform !== 'linux')("lets the engine's threads give way to the loop", async () => {
      const daemon = (await startDaemon())!;
      const pid = daemon.process.pid!;
      const threads = readdirSync(`/proc/${pid}/task`).map(Number);
      const priorities = new Map(threads.map((thread) => [thread, getPriority(thread)]));
      await daemon.stop();
      const ofLoop = priorities.get(pid)!;
      priorities.delete(pid);
      expect(ofLoop).toBe(getPriority());
      // Threads that start later have the priority of the loop.
      expect([...priorities.values()]).toContain(Math.min(ofLoop + 10, 19));
    });

    it('answers --version and --help without starting', async () => {
      expect(await runDaemon(['--version']).ended).toMatchObject({
        code: 0,
        stderr: '',
        stdout: expect.stringMatching(/\d+\.\d+\.\d+/),
      });
      expect(await runDaemon(['--help']).ended).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage') });
    });

    it('reports in one line that the port is in use', async () => {
      const holder = createServer();
      const port = await new Promise<number>((resolve) => {
        holder.listen(0, '127.0.0.1', () => resolve((holder.address() as { port: number }).port));
      });
      const ended = await runDaemon(['--port', String(port), '--bind', '127.0.0.1']).ended;
      holder.close();
      expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(oneLine) });
      expect(ended.stderr).toContain(String(port));
    });

    for (const [what, argv] of [
      ['an unknown option', ['--no-such-option', '1']],
      ['a bad value', ['--maxmemory-policy', 'nonsense']],
      ['an invalid port', ['--port', '99999']],
      ['a missing configuration file', ['/nowhere/redis.conf']],
      ['an unknown backend', ['--event-loop', 'carrier-pigeon']],
      ['to listen nowhere', ['--port', '0']],
    ] as const) {
      it(`refuses ${what} with exit code 1 and says why`, async () => {
        const ended = await runDaemon(argv).ended;
        expect(ended.code).toBe(1);
        expect(ended.stderr.trim()).not.toBe('');
        expect(ended.stderr).not.toMatch(/\n\s+at /);
      });
    }

    it('reads redis.conf; options of the command line override it', async () => {
      const path = join(directory, 'redis.conf');
      writeFileSync(
        path,
        '# comment\nmaxmemory 3mb\nmaxmemory-policy "allkeys-lru"\nhash-max-ziplist-entries 7\nrequirepass from-file\n',
      );
      const port = await freePort();
      const run = runDaemon([path, '--port', String(port), '--maxmemory', '4mb']);
      try {
        const client = await expect
          .poll(() => RawClient.open({ host: '127.0.0.1', port }).catch(() => null), { timeout: 8000 })
          .not.toBeNull()
          .then(() => RawClient.open({ host: '127.0.0.1', port }));
        expect((await client.call('PING')).toString()).toContain('NOAUTH');
        expect((await client.call('AUTH from-file')).toString()).toBe('+OK\r\n');
        const replies = await client.pipeline([
          'CONFIG GET maxmemory',
          'CONFIG GET maxmemory-policy',
          'CONFIG GET hash-max-listpack-entries',
        ]);
        expect(replies.map((reply) => reply.toString().split('\r\n').at(-2))).toEqual(['4194304', 'allkeys-lru', '7']);
        client.close();
      } finally {
        run.process.kill('SIGTERM');
        await run.ended;
      }
    });

    it('answers the first PING of a client that waits for the port', async () => {
      const port = await freePort();
      const daemon = runDaemon(['--port', String(port)]);
      let answered = false;
      for (let attempt = 0; attempt < 500 && !answered; attempt++) {
        const client = await RawClient.open({ host: '127.0.0.1', port }).catch(() => null);
        if (client !== null) answered = (await client.call('PING')).toString() === '+PONG\r\n';
        client?.close();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      daemon.process.kill('SIGTERM');
      expect((await daemon.ended).code).toBe(0);
      expect(answered).toBe(true);
    });
  },
);
