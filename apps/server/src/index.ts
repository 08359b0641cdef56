export type { Reply } from '@nanoredis/resp-codec';
export { type Clock, ManualClock, SystemClock, type Timer } from './instance/clock';
export { LineLog, type Log, type LogLevel } from './instance/log';
export { NANOREDIS_VERSION } from './instance/version';
export { CommandError, NanoRedis, type NanoRedisOptions } from './nano-redis';
export type { CallArgument } from './session/in-process-client';
export { ListenError } from './session/listeners';
