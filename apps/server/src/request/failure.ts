import { ArenaFullError } from '@nanoredis/intrusive-ds';
import { OUT_OF_MEMORY, ReplyError } from '../errors';
import type { Reply } from './reply';

/**
 * Turns what a command has thrown into its reply.
 * @throws the error itself, if it is none that a command may end with: a bug is never turned into a reply.
 */
export function writeFailure(error: unknown, reply: Reply): void {
  if (error instanceof ReplyError) reply.error(error.text);
  else if (error instanceof ArenaFullError) reply.error(OUT_OF_MEMORY.text);
  else throw error;
}
