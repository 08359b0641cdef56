import type { Reply } from '../../request/reply';

/** Writes a text of one character a byte as a bulk string of those bytes. O(length). */
export function bulkLatin1(reply: Reply, text: string): void {
  const bytes = Buffer.from(text, 'latin1');
  reply.bulk(bytes, 0, bytes.length);
}
