import { createHash, timingSafeEqual } from 'node:crypto';
import type { Configuration } from '../config/configuration';

/** Who may use the server: the user `default`, with the password `requirepass`; without one, any password is right. */
export class Credentials {
  /** Whether the default user has a password. */
  isRequired = false;
  #password = '';

  constructor(config: Configuration) {
    config.follow(['requirepass'], ({ requirepass }) => {
      this.#password = requirepass;
      this.isRequired = requirepass !== '';
    });
  }

  /** Whether a user has this password. Takes the same time wherever two passwords of one length differ. O(length). */
  accepts(user: string, password: Uint8Array): boolean {
    return user === 'default' && (!this.isRequired || isSame(password, Buffer.from(this.#password, 'latin1')));
  }
}

/** Digests have one length, so comparing them tells nothing about the lengths of the passwords. */
function isSame(first: Uint8Array, second: Uint8Array): boolean {
  return timingSafeEqual(createHash('sha256').update(first).digest(), createHash('sha256').update(second).digest());
}
