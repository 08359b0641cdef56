/** Severities of a line, as Redis names them. A server writes lines of its `loglevel` and above. */
export const LOG_LEVELS = ['debug', 'verbose', 'notice', 'warning'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The log of a server. */
export interface Log {
  write(level: LogLevel, message: string): void;
}

/** Writes an error that no part of the server throws by intention, with its stack. */
export function logFailure(log: Log, what: string, error: unknown): void {
  const details = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  log.write('warning', `Internal error, ${what}: ${details}`);
}

/** Passes lines to the log of an embedding program. If that throws, the program is warned once, and the server goes on. */
export class GuardedLog implements Log {
  readonly #log: Log;
  #hasWarned = false;

  constructor(log: Log) {
    this.#log = log;
  }

  write(level: LogLevel, message: string): void {
    try {
      this.#log.write(level, message);
    } catch (error) {
      if (this.#hasWarned) return;
      this.#hasWarned = true;
      process.emitWarning(`the log passed to NanoRedis.start() throws, lines are lost: ${String(error)}`);
    }
  }
}

/** A log that discards everything: the default of an embedded server. */
export const silentLog: Log = { write: () => {} };

const MARKS: Readonly<Record<LogLevel, string>> = { debug: '.', verbose: '-', notice: '*', warning: '#' };
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Writes lines in Redis' form: `pid:M 01 Jan 2025 12:00:00.000 * message`. */
export class LineLog implements Log {
  readonly #write: (line: string) => void;
  level: LogLevel = 'notice';

  /** @param write receives a line that ends with a line feed. */
  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  write(level: LogLevel, message: string): void {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(this.level)) return;
    this.#write(`${process.pid}:M ${timestamp(new Date())} ${MARKS[level]} ${message}\n`);
  }
}

function timestamp(date: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const day = `${two(date.getDate())} ${MONTHS[date.getMonth()]} ${date.getFullYear()}`;
  return `${day} ${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
