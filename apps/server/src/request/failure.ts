import { ArenaFullError } from '@nanoredis/intrusive-ds';
import { OUT_OF_MEMORY, ReplyError } from '../errors';
import { type Log, logFailure } from '../runtime/log';
import type { Reply } from './reply';

/** The reply to a command that a fault of the server has ended. */
export const INTERNAL_ERROR = new ReplyError('ERR internal error, the log of the server has the details');

/** The error reply for what a command has thrown. What no command throws by intention is logged with its stack. */
function errorReplyFor(error: unknown, log: Log): ReplyError {
  if (error instanceof ReplyError) return error;
  if (error instanceof ArenaFullError) return OUT_OF_MEMORY;
  logFailure(log, 'a command failed', error);
  return INTERNAL_ERROR;
}

/**
 * Makes what a command has thrown its reply, in place of what the command has written since `position` and `handedOver`
 * were those of the reply. Returns whether the reply is whole: not if a part of it was handed over already, and then
 * the caller has to end the client, which could not tell where the next reply begins.
 */
export function writeFailure(error: unknown, reply: Reply, position: number, handedOver: number, log: Log): boolean {
  const { text } = errorReplyFor(error, log);
  if (!reply.rollBack(position, handedOver)) return false;
  reply.error(text);
  return true;
}
