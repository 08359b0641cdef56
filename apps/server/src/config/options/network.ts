import { INT_MAX, LONG_MAX, UINT_MAX } from '../c-numbers';
import { bindAddresses } from '../kinds/addresses';
import { bool } from '../kinds/bool';
import { oneOf } from '../kinds/enumeration';
import { int, memory, memoryOrPercent, octal } from '../kinds/number';
import { outputBufferLimits } from '../kinds/output-buffer-limits';
import { optionalText } from '../kinds/text';
import { fixed, immutable, noEffectEver, noEffectYet } from '../option';

const MB = 2 ** 20;

/** Listening, the backend of the event loop, and the limits of clients. */
export const networkOptions = {
  // NanoRedis listens on the loopback interface only; the default of Redis is `* -::*`.
  bind: bindAddresses(['127.0.0.1', '-::1']),
  'bind-source-addr': optionalText(noEffectYet),
  port: int(0, 65535, 6379),
  'tcp-backlog': int(0, INT_MAX, 511, immutable),
  unixsocket: optionalText(immutable),
  unixsocketperm: octal(0, 0o777, 0, immutable),
  'socket-mark-id': int(0, UINT_MAX, 0, immutable, noEffectYet),
  'event-loop': oneOf(['auto', 'io_uring', 'epoll', 'libuv'], 'auto', fixed),
  'io-threads': int(1, 128, 1, immutable, noEffectEver),
  'io-threads-do-reads': bool(false, immutable, noEffectEver),
  'protected-mode': bool(true),
  timeout: int(0, INT_MAX, 0),
  'tcp-keepalive': int(0, INT_MAX, 300),
  maxclients: int(1, UINT_MAX, 10000),
  'maxmemory-clients': memoryOrPercent(0),
  // Redis takes any number. Lengths and positions in a string stay below 2^31 here, with the request or reply around it.
  'proto-max-bulk-len': memory(MB, BigInt(1024 * MB), 512 * MB),
  'client-query-buffer-limit': memory(MB, LONG_MAX, 1024 * MB),
  'client-output-buffer-limit': outputBufferLimits({
    normal: { hardBytes: 0, softBytes: 0, softSeconds: 0 },
    replica: { hardBytes: 256 * MB, softBytes: 64 * MB, softSeconds: 60 },
    pubsub: { hardBytes: 32 * MB, softBytes: 8 * MB, softSeconds: 60 },
  }),
};
