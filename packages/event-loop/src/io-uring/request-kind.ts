// The kinds of requests. The upper half of a request's user data is its kind, the lower half the slot of its owner.
export const RECV = 1;
export const SEND = 2;
export const ACCEPT = 3;
/** Closes the socket of a slot. When it completes, the slot is free. */
export const CLOSE = 4;
/** A cancel or a shutdown, whose result is not used. */
export const OTHER = 5;

/** Returns the user data of a request as one number, which identifies it in a cancel. O(1). */
export function userData(slot: number, kind: number): number {
  return kind * 0x1_0000_0000 + slot;
}
