import * as nodeModule from 'node:module';

/*
 * Starts the daemon, which is built as CommonJS: as an ES module it would start some 10 ms later, because Node creates a wrapper
 * for each of its built-in modules. Since Node 22.1 the compiled code is cached between starts.
 */
(nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();
nodeModule.createRequire(import.meta.url)('./cli.cjs');
