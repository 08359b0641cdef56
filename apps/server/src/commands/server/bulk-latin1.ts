import type { Reply } from '../../request/reply';

/** Writes a latin1 text as a bulk string of its bytes. O(length). */
export function bulkLatin1(reply: Reply, text: string): void {
  const bytes = Buffer.from(text, 'latin1');
  reply.bulk(bytes, 0, bytes.length);
}
