import { ReplyError } from '../../errors';
import type { Arguments } from '../../request/arguments';

const BAD_NAME = new ReplyError('ERR Client names cannot contain spaces, newlines or special characters.');

/**
 * The name for a connection at argument `index`, as latin1; an empty one takes the name away.
 * @throws ReplyError where a byte is outside `!` to `~`: the name has to stay readable in CLIENT LIST.
 */
export function requireClientName(args: Arguments, index: number): string {
  for (let at = args.start(index); at < args.end(index); at++) {
    const byte = args.bytes[at]!;
    if (byte < 0x21 || byte > 0x7e) throw BAD_NAME;
  }
  return args.toLatin1(index);
}
