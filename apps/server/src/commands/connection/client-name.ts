import { ReplyError } from '../../errors';
import type { Arguments } from '../../request/arguments';

/** Maximum length of a name, because each client may keep one in V8's heap. Redis has no limit of its own. */
const MAX_NAME_BYTES = 1024;

const NAME_TOO_LONG = new ReplyError('ERR Client names cannot be longer than 1024 bytes.');
const BAD_NAME = new ReplyError('ERR Client names cannot contain spaces, newlines or special characters.');

/**
 * The connection name at argument `index`, as latin1; an empty name removes it.
 * @throws ReplyError when it has more than MAX_NAME_BYTES, or a byte is outside `!` to `~`, because CLIENT LIST shows the name.
 */
export function requireClientName(args: Arguments, index: number): string {
  if (args.length(index) > MAX_NAME_BYTES) throw NAME_TOO_LONG;
  for (let at = args.start(index); at < args.end(index); at++) {
    const byte = args.bytes[at]!;
    if (byte < 0x21 || byte > 0x7e) throw BAD_NAME;
  }
  return args.toLatin1(index);
}
