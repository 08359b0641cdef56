import { createHash, timingSafeEqual } from 'node:crypto';
import type { Invocation } from '../../command/invocation';
import { ReplyError } from '../../errors';

const WRONG_PASSWORD = new ReplyError('WRONGPASS invalid username-password pair or user is disabled.');

/**
 * Authenticates a session. The only user is `default`, whose password is `requirepass`. As in Redis, any password is valid if
 * there is none. The comparison takes the same time wherever two passwords of the same length differ.
 * @throws ReplyError when user or password is wrong.
 */
export function authenticate(call: Invocation, user: string, password: Uint8Array): void {
  const { requiresPassword, config } = call.server;
  const isRight =
    user === 'default' && (!requiresPassword || isSame(password, Buffer.from(config.values.requirepass, 'latin1')));
  if (!isRight) throw WRONG_PASSWORD;
  call.session.setAuthenticated(true);
}

/** Compares digests of equal length, so that the time does not depend on the lengths of the passwords. */
function isSame(first: Uint8Array, second: Uint8Array): boolean {
  return timingSafeEqual(createHash('sha256').update(first).digest(), createHash('sha256').update(second).digest());
}
