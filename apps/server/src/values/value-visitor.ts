/**
 * Receives a value part by part, in the shape in which it is serialised (RDB, DEBUG DIGEST): a string, a list or a set as
 * `element`s, a hash as `field`s, a sorted set as `scoredMember`s. The bytes are valid only during the call.
 */
export interface ValueVisitor {
  /** The whole string, an element of a list (in order), or a member of a set. */
  element(bytes: Uint8Array, start: number, end: number): void;
  /** A field of a hash: its name is `nameBytes[nameStart, nameEnd)`, its value `bytes[start, end)`. */
  field(nameBytes: Uint8Array, nameStart: number, nameEnd: number, bytes: Uint8Array, start: number, end: number): void;
  /** A member of a sorted set, in ascending order, with its score. */
  scoredMember(bytes: Uint8Array, start: number, end: number, score: number): void;
}
