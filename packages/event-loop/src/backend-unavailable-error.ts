import type { Backend } from './event-loop';

/** The selected backend does not work here. The message is one line: the backend and the reason. */
export class BackendUnavailableError extends Error {
  override readonly name = 'BackendUnavailableError';
  readonly backend: Backend;
  /** The reason as one line, such as `not permitted (EPERM)`. */
  readonly reason: string;

  /** `cause` is the original error; only the first line of its message is shown. */
  constructor(backend: Backend, cause: unknown) {
    const reason = reasonOf(cause);
    super(`${backend}: ${reason}`, { cause });
    this.backend = backend;
    this.reason = reason;
  }
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'EPERM' || code === 'EACCES') return `not permitted (${code})`;
  if (code === 'ENOSYS') return `not supported by the kernel (${code})`;
  return /^.*/.exec(message)![0];
}
