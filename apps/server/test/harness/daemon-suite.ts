import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import { backends, DAEMON_MISSING, type Daemon, startDaemon } from './daemon';

/**
 * Declares tests that meet a daemon over each backend; `daemon` gives the one that runs while a test does. A backend that the
 * machine does not have is left out, and so is everything where there is no daemon; the names of the tests say so.
 */
export function describeOverBackends(
  name: string,
  body: (daemon: () => Daemon) => void,
  argv: readonly string[] = [],
): void {
  for (const backend of backends) {
    describe.skipIf(DAEMON_MISSING !== null)(
      `${name} over ${backend}${DAEMON_MISSING ? ` (left out: ${DAEMON_MISSING})` : ''}`,
      { timeout: 20_000 },
      () => {
        let daemon: Daemon | null = null;
        beforeAll(async () => {
          daemon = await startDaemon(['--event-loop', backend, ...argv]);
          // libuv runs on every machine: there a daemon that does not start is a failure.
          if (backend === 'libuv') expect(daemon).not.toBeNull();
        }, 20_000);
        afterAll(async () => void (await daemon?.stop()));
        beforeEach((context) => context.skip(daemon === null, `the ${backend} backend does not run on this machine`));
        body(() => daemon!);
      },
    );
  }
}
