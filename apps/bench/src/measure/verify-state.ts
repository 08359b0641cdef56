import type { RunningServer } from '../servers/running-server';

/** How many keys are read from each server. */
const SAMPLES = 1000;
/** Random choices differ a little from server to server. */
const TOLERANCE = 0.1;
/** Replies to INFO and integers with another number of digits are counted too. */
const REPLY_SIZE_TOLERANCE = 0.05;
const REPLY_SIZE_SLACK_BYTES = 1;

/** Whether the bytes of a reply differ so much from the expected bytes that the replies must be different. */
export function hasOtherReplies(bytes: number, expectedBytes: number): boolean {
  return Math.abs(bytes - expectedBytes) > expectedBytes * REPLY_SIZE_TOLERANCE + REPLY_SIZE_SLACK_BYTES;
}

/** The indexes of the numbers that are not positive, or differ from the first positive number by more than the tolerance. */
export function outliers(numbers: readonly number[]): number[] {
  const expected = numbers.find((number) => number > 0) ?? 0;
  return numbers.flatMap((number, place) =>
    number > 0 && Math.abs(number - expected) <= expected * TOLERANCE ? [] : [place],
  );
}

/**
 * Checks that the servers have stored the data, and returns those that have not, with the reason. Each server must answer the commands
 * with about the same positive number as the first server (real servers come first), and must hold the same values.
 *
 * @param keyspace the number of keys that redis-benchmark chose from; 0 reads no values.
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
      if (missed > keyspace - size) failed.set(server, `misses ${missed} keys, but DBSIZE is ${size}`);
    } catch (error) {
      failed.set(server, (error as Error).message);
    } finally {
      client.close();
    }
  }
}
