import type { RunningServer } from '../servers/running-server';

/** How many keys are read back from each server. */
const SAMPLES = 1000;
/** What is drawn at random differs a little from server to server. */
const TOLERANCE = 0.1;
/** Replies to INFO and integers of other lengths count too. */
const REPLY_SIZE_TOLERANCE = 0.05;
const REPLY_SIZE_SLACK_BYTES = 1;

/** Whether replies of so many bytes a request can't be the same ones as those of the expected size. */
export function hasOtherReplies(bytes: number, expectedBytes: number): boolean {
  return Math.abs(bytes - expectedBytes) > expectedBytes * REPLY_SIZE_TOLERANCE + REPLY_SIZE_SLACK_BYTES;
}

/** The places of the numbers that are not positive, or not about as large as the first that is. */
export function outliers(numbers: readonly number[]): number[] {
  const expected = numbers.find((number) => number > 0) ?? 0;
  return numbers.flatMap((number, place) =>
    number > 0 && Math.abs(number - expected) <= expected * TOLERANCE ? [] : [place],
  );
}

/**
 * A fast server that stores nothing is no server. Asks each server the same questions, which have to be answered with about
 * the same positive number as by the first one (real servers come first), and reads keys back; answers the servers that fail, with
 * the reason.
 *
 * @param keyspace how many keys redis-benchmark drew from; 0 reads none back.
 */
export async function verifyState(
  servers: readonly RunningServer[],
  commands: readonly string[],
  keyspace: number,
): Promise<Map<RunningServer, string>> {
  const failed = new Map<RunningServer, string>();
  if (servers.length === 0) return failed;
  for (const command of commands) {
    const answers: number[] = [];
    for (const server of servers) answers.push(await askNumber(server, command));
    for (const place of outliers(answers)) {
      failed.set(
        servers[place]!,
        `answers ${command} with ${answers[place]} where the servers say ${answers.join(', ')}`,
      );
    }
  }
  if (keyspace > 0) await verifyKeys(servers, keyspace, failed);
  return failed;
}

async function askNumber(server: RunningServer, command: string): Promise<number> {
  try {
    return Number(await server.ask(...command.split(' ')));
  } catch {
    return Number.NaN;
  }
}

async function verifyKeys(
  servers: readonly RunningServer[],
  keyspace: number,
  failed: Map<RunningServer, string>,
): Promise<void> {
  let expected: string | undefined;
  for (const server of servers) {
    const client = await server.connect();
    try {
      const size = Number(await client.call('DBSIZE'));
      if (size === 0 || size > keyspace) failed.set(server, `holds ${size} of ${keyspace} keys`);
      let missed = 0;
      for (let i = 0; i < SAMPLES; i++) {
        const key = `key:${String(Math.floor((i * keyspace) / SAMPLES)).padStart(12, '0')}`;
        const value = await client.call('GET', key);
        if (value === null) missed += 1;
        else expected ??= String(value);
        if (value !== null && String(value) !== expected) failed.set(server, `holds another value under ${key}`);
      }
      if (missed > keyspace - size) failed.set(server, `misses ${missed} keys, and says that it holds ${size}`);
    } catch (error) {
      failed.set(server, (error as Error).message);
    } finally {
      client.close();
    }
  }
}
