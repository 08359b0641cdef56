/** A request was read; the target contains it. */
export const PARSED = 0;
/** The window is read completely. The start of an incomplete request is stored: feed more. */
export const INCOMPLETE = 1;
/** The bytes are not RESP: reply with `error`, then close the connection. Every later call returns the same. */
export const PROTOCOL_ERROR = 2;
/** The incomplete request exceeds `maxQueryBytes`: close without a reply, as Redis does. Every later call returns the same. */
export const QUERY_TOO_LARGE = 3;
/** There is no memory for the incomplete request: close the connection. Every later call returns the same. */
export const OUT_OF_MEMORY = 4;

/** The result of `RequestParser.next()`. */
export type ParseOutcome =
  | typeof PARSED
  | typeof INCOMPLETE
  | typeof PROTOCOL_ERROR
  | typeof QUERY_TOO_LARGE
  | typeof OUT_OF_MEMORY;
