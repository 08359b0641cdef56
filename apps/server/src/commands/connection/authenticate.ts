import type { Invocation } from '../../command/invocation';
import { ReplyError } from '../../errors';

const WRONG_PASSWORD = new ReplyError('WRONGPASS invalid username-password pair or user is disabled.');

/**
 * Authenticates the session if user and password are right.
 * @throws ReplyError WRONGPASS when they are not.
 */
export function authenticate({ session, server }: Invocation, user: string, password: Uint8Array): void {
  if (!server.credentials.accepts(user, password)) throw WRONG_PASSWORD;
  session.setAuthenticated(true);
}
