/** A request was read: the target holds it. */
export const PARSED = 0;
/** The window is used up; what belongs to an unfinished request is kept, feed more. */
export const INCOMPLETE = 1;
/** The bytes are not RESP: answer with `error`, then close. Every later call returns the same. */
export const PROTOCOL_ERROR = 2;
/** The unfinished request passed `maxQueryBytes`: close without an answer, as Redis does. Every later call returns the same. */
export const QUERY_TOO_LARGE = 3;

/** What `RequestParser.next()` returns. */
export type ParseOutcome = typeof PARSED | typeof INCOMPLETE | typeof PROTOCOL_ERROR | typeof QUERY_TOO_LARGE;
