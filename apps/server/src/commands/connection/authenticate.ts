import { createHash, timingSafeEqual } from 'node:crypto';
import type { Invocation } from '../../command/invocation';
import { ReplyError } from '../../errors';

const WRONG_PASSWORD = new ReplyError('WRONGPASS invalid username-password pair or user is disabled.');

/**
 * Lets a session in if user and password are right. The only user is `default`, whose password is `requirepass`; without
 * one, any password is right, as in Redis. Takes the same time wherever two passwords of one length differ.
 * @throws ReplyError WRONGPASS.
 */
export function authenticate(call: Invocation, user: string, password: Uint8Array): void {
  const { requiresPassword, config } = call.server;
  const isRight =
    user === 'default' && (!requiresPassword || isSame(password, Buffer.from(config.values.requirepass, 'latin1')));
  if (!isRight) throw WRONG_PASSWORD;
  call.session.setAuthenticated(true);
}

/** Digests have one length, so comparing them tells nothing about the lengths of what they were made from. */
function isSame(first: Uint8Array, second: Uint8Array): boolean {
  return timingSafeEqual(createHash('sha256').update(first).digest(), createHash('sha256').update(second).digest());
}
