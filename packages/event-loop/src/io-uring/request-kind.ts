/** What a request was for; it travels in the upper half of its user data. The slot of its owner is the lower half. */
export const recv = 1;
export const send = 2;
export const accept = 3;
/** The socket of a slot is closed: the slot is free. */
export const close = 4;
/** A cancel or a shutdown: only the fact that it is over matters. */
export const other = 5;

/** The user data of a request as one number, to name it in a cancel. */
export function userData(slot: number, kind: number): number {
  return kind * 0x1_0000_0000 + slot;
}
