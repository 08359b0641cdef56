import type { Configuration } from '../../src/config';
import type { RawClient } from '../harness/raw-client';
import { decodeFrame } from '../harness/reply-frame';

/** Everything that a real server's CONFIG GET shows for some patterns. */
export async function realConfig(client: RawClient, ...patterns: string[]): Promise<Map<string, string>> {
  const reply = decodeFrame(await client.call(['CONFIG', 'GET', ...patterns]));
  const texts = (reply.items ?? []).map((item) => item.text ?? '');
  const values = new Map<string, string>();
  for (let i = 0; i < texts.length; i += 2) {
    values.set(texts[i]!, texts[i + 1]!);
  }
  return values;
}

/** Our reply to CONFIG SET as it goes over the wire. */
export function ourSetReply(config: Configuration, pairs: readonly (readonly [string, string])[]): string {
  const error = config.set(pairs, true);
  return error === null ? '+OK\r\n' : `-ERR ${error}\r\n`;
}

/** Our reply to CONFIG GET of one name as it goes over the wire. */
export function ourGetReply(config: Configuration, name: string): string {
  const found = config.getMatching([name]);
  const bulks = found.flat().map((text) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`);
  return `*${bulks.length}\r\n${bulks.join('')}`;
}
