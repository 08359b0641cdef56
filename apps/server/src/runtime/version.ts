/** The version of NanoRedis, and the version of Redis that it is compatible with. A test compares the first with package.json. */
export const NANOREDIS_VERSION = '0.1.0';
export const REDIS_VERSION = '7.0.15';
