import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { daemonPath } from '../places';

/** A program that is started for the comparison, on a free port. */
export interface InstalledSubject {
  readonly name: string;
  readonly program: string;
  /** The arguments without the port. */
  readonly args: readonly string[];
  /** Whether it is our daemon, so that the delays of its event loop can be recorded from within. */
  readonly isOurs: boolean;
}

/** A server that already runs. */
export interface Target {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/** A build of our daemon, such as that of another checkout. */
export interface Daemon {
  readonly name: string;
  /** Its cli.js, absolute. */
  readonly path: string;
}

/** What is compared. */
export type Subject = InstalledSubject | Target;

const BACKENDS = ['io_uring', 'epoll', 'libuv'];
/** Nothing is written to a disk, and as many clients may connect as a scenario opens. */
const COMMON_OPTIONS = ['--save', '', '--appendonly', 'no', '--maxclients', '11000'];

/** A build of our daemon, by default that of this checkout, on each of its event loops. */
export function ourSubjects({ name, path }: Daemon = { name: 'nanoredis', path: daemonPath }): InstalledSubject[] {
  return BACKENDS.map((backend) => ({
    name: `${name} ${backend}`,
    program: process.execPath,
    args: [path, '--event-loop', backend, ...COMMON_OPTIONS],
    isOurs: true,
  }));
}

/** The real servers that are on the PATH. */
export function realSubjects(path = process.env.PATH ?? ''): InstalledSubject[] {
  return ['redis-server', 'valkey-server']
    .filter((program) => isOnPath(program, path))
    .map((program) => ({ name: program, program, args: COMMON_OPTIONS, isOurs: false }));
}

/** Whether a folder of the PATH has such a program. */
export function isOnPath(program: string, path = process.env.PATH ?? ''): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * A target from `name=host:port`; an IPv6 address is in brackets.
 *
 * @throws Error, which quotes the text, when it has another form.
 */
export function parseTarget(text: string): Target {
  const [, name, bracketed, plain, port] = /^([^=]+)=(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (name === undefined || host === undefined || Number(port) < 1 || Number(port) > 65_535) {
    throw new Error(`${text} is no target; a target is name=host:port`);
  }
  return { name, host, port: Number(port) };
}

/**
 * A build from `name=path/to/cli.js`; the path may be relative to the working directory.
 *
 * @throws Error, which quotes the text, when it has another form or the file does not exist.
 */
export function parseDaemon(text: string): Daemon {
  const [, name, file] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || file === undefined)
    throw new Error(`${text} is no daemon; a daemon is name=path/to/cli.js`);
  if (!existsSync(file)) throw new Error(`${text}: the file does not exist; is that checkout built?`);
  return { name, path: resolve(file) };
}

/**
 * The subjects that are selected by names such as `redis-server`, `io_uring` or `nanoredis io_uring`, in the order of the subjects; all
 * of them when `names` is undefined.
 *
 * @throws Error when a name matches none.
 */
export function chooseSubjects<T extends Subject>(subjects: readonly T[], names: readonly string[] | undefined): T[] {
  if (names === undefined) return [...subjects];
  const matches = (subject: T, name: string): boolean => subject.name === name || subject.name.endsWith(` ${name}`);
  const unknown = names.find((name) => !subjects.some((subject) => matches(subject, name)));
  if (unknown !== undefined) {
    throw new Error(`no server is called ${unknown}; there are ${subjects.map(({ name }) => name).join(', ')}`);
  }
  return subjects.filter((subject) => names.some((name) => matches(subject, name)));
}
