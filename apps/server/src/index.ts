export type { Reply } from '@nanoredis/resp-codec';
export type { CallArgument } from './clients/in-process-client';
export { NoReplyError, StoppedError } from './clients/in-process-errors';
export type { Message } from './clients/in-process-subscriber';
export { ListenError } from './clients/listeners';
export { CommandError, NanoRedis, type NanoRedisOptions } from './nano-redis';
export { type Clock, ManualClock, SystemClock, type Timer } from './runtime/clock';
export { LineLog, type Log, type LogLevel } from './runtime/log';
export { NANOREDIS_VERSION } from './runtime/version';
