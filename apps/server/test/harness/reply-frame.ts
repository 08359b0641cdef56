const CR = 13;

/** One decoded reply: its type byte, its text for scalars, its items for aggregates. Owned by the caller. */
export interface ReplyTree {
  /** The type byte of RESP, as a character. */
  type: string;
  /** Scalars: what follows the type byte (payload for bulk types), one character a byte; null for null bulks and arrays. */
  text: string | null;
  /** Aggregates: the items in order; maps and attributes alternate keys and values. */
  items: ReplyTree[] | null;
}

function lineEnd(bytes: Buffer, start: number): number {
  const end = bytes.indexOf('\r\n', start, 'latin1');
  return end < 0 ? -1 : end;
}

const BULK_TYPES = '$=!';
const AGGREGATE_TYPES = '*~>%|';

function itemCount(type: string, declared: number): number {
  if (type === '%') return declared * 2;
  return type === '|' ? declared * 2 + 1 : declared;
}

/**
 * Finds where the reply that starts at `start` ends; -1 while bytes are missing. RESP2 and RESP3, an attribute counts as a
 * part of the reply behind it. O(items).
 * @throws Error on a byte that starts no reply.
 */
export function frameEnd(bytes: Buffer, start: number): number {
  if (start >= bytes.length) return -1;
  const type = String.fromCharCode(bytes[start]!);
  const end = lineEnd(bytes, start + 1);
  if (!`${BULK_TYPES}${AGGREGATE_TYPES}+-:_,#(`.includes(type)) {
    throw new Error(`not a reply: ${escapeBytes(bytes.subarray(start, start + 60))}`);
  }
  if (end < 0) return -1;
  const afterLine = end + 2;
  if (BULK_TYPES.includes(type)) {
    const length = Number(bytes.toString('latin1', start + 1, end));
    if (length < 0) return afterLine;
    const stop = afterLine + length + 2;
    if (stop > bytes.length) return -1;
    if (bytes[stop - 2] !== CR) throw new Error(`a bulk of ${length} bytes does not end in CR LF`);
    return stop;
  }
  if (!AGGREGATE_TYPES.includes(type)) return afterLine;
  let position = afterLine;
  for (let left = itemCount(type, Number(bytes.toString('latin1', start + 1, end))); left > 0; left--) {
    position = frameEnd(bytes, position);
    if (position < 0) return -1;
  }
  return position;
}

/**
 * Decodes one complete reply as `frameEnd` delimits it. O(bytes).
 * @throws Error on malformed bytes.
 */
export function decodeFrame(bytes: Buffer): ReplyTree {
  let position = 0;
  const next = (): ReplyTree => {
    const end = lineEnd(bytes, position + 1);
    const type = String.fromCharCode(bytes[position]!);
    const head = bytes.toString('latin1', position + 1, end);
    position = end + 2;
    if (BULK_TYPES.includes(type)) {
      const length = Number(head);
      if (length < 0) return { type, text: null, items: null };
      const text = bytes.toString('latin1', position, position + length);
      position += length + 2;
      return { type, text, items: null };
    }
    if (!AGGREGATE_TYPES.includes(type)) return { type, text: head, items: null };
    if (Number(head) < 0) return { type, text: null, items: null };
    const items: ReplyTree[] = [];
    for (let left = itemCount(type, Number(head)); left > 0; left--) items.push(next());
    return { type, text: null, items };
  };
  return next();
}

/** Writes bytes as a C-like string in double quotes, cut after `limit` bytes; for messages. O(limit). */
export function escapeBytes(bytes: Buffer, limit = 600): string {
  let out = '';
  for (const byte of bytes.subarray(0, limit)) {
    if (byte === 13) out += '\\r';
    else if (byte === 10) out += '\\n';
    else if (byte === 34 || byte === 92) out += `\\${String.fromCharCode(byte)}`;
    else if (byte >= 32 && byte < 127) out += String.fromCharCode(byte);
    else out += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return bytes.length > limit ? `"${out}"... (${bytes.length} bytes)` : `"${out}"`;
}
