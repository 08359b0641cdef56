import { type Backend, createEventLoop } from '../src/index';

/** The backends that work on this machine. The tests run on each of them. */
export const availableBackends: readonly Backend[] = await findAvailable();

async function findAvailable(): Promise<Backend[]> {
  const found: Backend[] = [];
  for (const backend of ['io_uring', 'epoll', 'libuv'] as const) {
    try {
      await createEventLoop({ backend }).close();
      found.push(backend);
    } catch (error) {
      process.stderr.write(`left out: ${(error as Error).message}\n`);
    }
  }
  return found;
}
