/** The version of NanoRedis, and that of Redis whose behaviour it has; the package's version is checked against it by a test. */
export const NANOREDIS_VERSION = '0.1.0';
export const REDIS_VERSION = '7.0.15';
