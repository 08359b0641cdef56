import { pathToFileURL } from 'node:url';

/**
 * Prints how many milliseconds the first `NanoRedis.start()` of a process takes, without the import. Argument: the path of the library.
 */
interface Library {
  readonly NanoRedis: { start(options: { port: number }): Promise<{ stop(): Promise<void> }> };
}

const { NanoRedis } = (await import(pathToFileURL(process.argv[2]!).href)) as Library;
const startedMs = performance.now();
const server = await NanoRedis.start({ port: 0 });
console.log(performance.now() - startedMs);
await server.stop();
