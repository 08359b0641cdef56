export type { Reply } from '@nanoredis/resp-codec';
export { CommandError, NanoRedis, type NanoRedisOptions } from './nano-redis';
export { type Clock, ManualClock, SystemClock, type Timer } from './runtime/clock';
export { LineLog, type Log, type LogLevel } from './runtime/log';
export { NANOREDIS_VERSION } from './runtime/version';
export type { CallArgument } from './session/in-process-client';
export { ListenError } from './session/listeners';
export type { Message } from './session/pub-sub/in-process-subscriber';
