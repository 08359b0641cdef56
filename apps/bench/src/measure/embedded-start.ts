import { pathToFileURL } from 'node:url';

/** A process of its own, so that nothing is warm: prints how many milliseconds the first `NanoRedis.start()` takes, the import not counted. */
interface Library {
  readonly NanoRedis: { start(options: { port: number }): Promise<{ stop(): Promise<void> }> };
}

const { NanoRedis } = (await import(pathToFileURL(process.argv[2]!).href)) as Library;
const startedMs = performance.now();
const server = await NanoRedis.start({ port: 0 });
console.log(performance.now() - startedMs);
await server.stop();
