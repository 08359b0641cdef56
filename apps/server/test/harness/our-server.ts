import type { NanoRedisOptions } from '../../src/index';
import { type ComparedServer, startRealServer } from './real-server';

/** With NANOREDIS_ORACLE_SUBJECT=redis-server both sides are the real server, which tests the harness and the cases. */
export const SUBJECT_IS_REAL = process.env.NANOREDIS_ORACLE_SUBJECT === 'redis-server';

/** With NANOREDIS_ORACLE_BACKEND=libuv, epoll or io_uring our server runs on that one; otherwise on the best of the machine. */
const backend = process.env.NANOREDIS_ORACLE_BACKEND;

/** Starts our server inside this process on a free port of 127.0.0.1, with DEBUG allowed as on the oracle. */
export async function startOurServer(options: NanoRedisOptions = {}): Promise<ComparedServer> {
  if (SUBJECT_IS_REAL) {
    return startRealServer(
      Object.entries(options.config ?? {}).flatMap(([name, value]) => [`--${name}`, String(value)]),
    );
  }
  const { NanoRedis } = await import('../../src/index');
  const chosen = backend === undefined ? {} : { 'event-loop': backend };
  const config = { 'enable-debug-command': 'yes', save: '', ...chosen, ...options.config };
  const server = await NanoRedis.start({ host: '127.0.0.1', port: 0, ...options, config });
  const port = server.port ?? 0;
  return { name: 'nanoredis', address: { host: '127.0.0.1', port }, port, stop: () => server.stop() };
}
