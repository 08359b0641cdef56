import * as nodeModule from 'node:module';

/*
 * Starts the daemon, which is built as CommonJS: as an ES module it takes some 10 ms more to be there, since each of Node's own
 * modules gets a second face first. Where Node can keep compiled code from one start to the next (since 22.1), it does.
 */
(nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();
nodeModule.createRequire(import.meta.url)('./cli.cjs');
