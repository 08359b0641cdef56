import { answer, ignore, later, on, type Step, until } from './steps';

/** Waits until so many clients are blocked. */
export function blocked(count: number): Step {
  return ignore(until(`blocked_clients:${count}\r\n`, 'INFO clients'));
}

/** One after the other, each of these clients sends its command and blocks; no other may be blocked before. */
export function inOrder(...commands: readonly (readonly [client: string, command: string])[]): Step[] {
  return commands.flatMap(([client, command], i) => [later(on(client, command)), blocked(i + 1)]);
}

/** Reads a reply of each of these clients, in that order. */
export function gets(...clients: string[]): Step[] {
  return clients.map((client) => on(client, answer()));
}
