const SIMPLE_ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

/** A command as tests write it: a line in redis-cli's syntax, or its arguments (strings stand for their UTF-8 bytes). */
export type CommandText = string | readonly (string | Buffer | number)[];

/**
 * Splits a line as redis-cli does: blanks separate, 'single' and "double" quotes hold blanks, double quotes know \n \r \t \b \a
 * and \xHH. Characters above U+00FF stand for their UTF-8 bytes. O(characters).
 * @throws Error on unbalanced quotes.
 */
export function splitCommandLine(line: string): Buffer[] {
  const parts: Buffer[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === ' ') {
      at++;
      continue;
    }
    const bytes: Buffer[] = [];
    while (at < line.length && line[at] !== ' ') {
      const quote = line[at]!;
      if (quote !== '"' && quote !== "'") {
        bytes.push(Buffer.from(quote));
        at++;
        continue;
      }
      at++;
      while (line[at] !== quote) {
        if (at >= line.length) throw new Error(`unbalanced quotes in ${line}`);
        if (quote === '"' && line[at] === '\\') {
          const hex = /^x([0-9a-fA-F]{2})/.exec(line.slice(at + 1, at + 4));
          const escaped = line[at + 1] ?? '';
          bytes.push(
            hex ? Buffer.from([Number.parseInt(hex[1]!, 16)]) : Buffer.from(SIMPLE_ESCAPES[escaped] ?? escaped),
          );
          at += hex ? 4 : 2;
        } else {
          bytes.push(Buffer.from(line[at]!));
          at++;
        }
      }
      at++;
    }
    parts.push(Buffer.concat(bytes));
  }
  return parts;
}

/** The arguments of a command however it was written. O(bytes). */
export function commandArguments(command: CommandText): Buffer[] {
  if (typeof command === 'string') return splitCommandLine(command);
  return command.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(String(part))));
}

/** Encodes a command as a RESP array of bulk strings. O(bytes). */
export function encodeRequest(command: CommandText): Buffer {
  const parts = commandArguments(command);
  const chunks: Buffer[] = [Buffer.from(`*${parts.length}\r\n`)];
  for (const part of parts) chunks.push(Buffer.from(`$${part.length}\r\n`), part, Buffer.from('\r\n'));
  return Buffer.concat(chunks);
}
