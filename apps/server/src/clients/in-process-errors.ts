/** Rejects the promise of an in-process call to which there is no reply: after SHUTDOWN, under CLIENT REPLY OFF. */
export class NoReplyError extends Error {
  override readonly name = 'NoReplyError';
}

/** Rejects the promise of an in-process call to a server that was stopped. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';

  constructor() {
    super('the server was stopped');
  }
}
