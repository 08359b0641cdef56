import { NANOREDIS_VERSION, REDIS_VERSION } from './runtime/version';
import type { Server } from './server';

/** The output of `--help`. */
export const USAGE = `Usage: nanoredis [/path/to/redis.conf] [options] [-]
       nanoredis - (read config from stdin)
       nanoredis -v or --version
       nanoredis -h or --help

Every option of redis.conf can be given on the command line as --option value.

Examples:
       nanoredis (run with the defaults)
       nanoredis /etc/redis/6379.conf
       nanoredis --port 7777
       nanoredis --port 7777 --event-loop epoll
       nanoredis /etc/myredis.conf --loglevel verbose -
`;

/** The output of `--version`. */
export function versionLine(): string {
  return `NanoRedis v=${NANOREDIS_VERSION} redis=${REDIS_VERSION} node=${process.versions.node} bits=64`;
}

/** The text that a daemon prints once it listens. */
export function banner(server: Server): string {
  const places = server.listeners.map(({ address }) =>
    'path' in address ? address.path : `${address.family === 6 ? `[${address.host}]` : address.host}:${address.port}`,
  );
  const { backend, reason } = server.loop;
  return `
   ┌┐╷   NanoRedis ${NANOREDIS_VERSION}, compatible with Redis ${REDIS_VERSION}
   ╵└┘   event loop  ${backend} (${reason})
         listening   ${places.join(', ')}
         pid         ${process.pid}

`;
}
