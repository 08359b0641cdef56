/** A reply was read; `value` is the reply. */
export const DECODED = 0;
/** The chunk is read completely; feed more. */
export const NEED_MORE = 1;
/** An out-of-band message was read; `value` is its array. It is not the reply to a command. */
export const DECODED_PUSH = 2;
/** The bytes are not RESP, exceed a limit, or there is no memory for them, see `error`: close the connection. Later calls return the same. */
export const MALFORMED = 3;

/** The result of `ReplyDecoder.next()`. */
export type DecodeOutcome = typeof DECODED | typeof NEED_MORE | typeof DECODED_PUSH | typeof MALFORMED;
