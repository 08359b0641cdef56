import { ReplyError } from '../../errors';
import type { Arguments } from '../../request/arguments';

const BAD_NAME = new ReplyError('ERR Client names cannot contain spaces, newlines or special characters.');

/**
 * The connection name at argument `index`, as latin1; an empty name removes it.
 * @throws ReplyError when a byte is outside `!` to `~`, because CLIENT LIST shows the name.
 */
export function requireClientName(args: Arguments, index: number): string {
  for (let at = args.start(index); at < args.end(index); at++) {
    const byte = args.bytes[at]!;
    if (byte < 0x21 || byte > 0x7e) throw BAD_NAME;
  }
  return args.toLatin1(index);
}
