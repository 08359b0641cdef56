import { type ComparedServer, startRealServer } from './real-server';

interface RunningServer {
  readonly port: number;
  stop(): Promise<void>;
}

interface ServerModule {
  NanoRedis: { start(options: Record<string, unknown>): Promise<RunningServer> };
}

/** With NANOREDIS_ORACLE_SUBJECT=redis-server the real server stands on both sides, which tests the harness and the cases. */
export const subjectIsReal = process.env.NANOREDIS_ORACLE_SUBJECT === 'redis-server';

/** Starts our server inside this process on a free port of 127.0.0.1, with DEBUG allowed as on the oracle. */
export async function startOurServer(options: Record<string, unknown> = {}): Promise<ComparedServer> {
  if (subjectIsReal) return startRealServer();
  const { NanoRedis } = (await import('../../src/index')) as unknown as ServerModule;
  const server = await NanoRedis.start({ port: 0, enableDebugCommand: 'yes', ...options });
  return {
    name: 'nanoredis',
    address: { host: '127.0.0.1', port: server.port },
    port: server.port,
    stop: () => server.stop(),
  };
}
