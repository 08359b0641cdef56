/** The arena cannot grow: its limit is reached, the host refuses memory, or no segment slot is left. Nothing has changed. */
export class ArenaFullError extends Error {
  override readonly name = 'ArenaFullError';
}

/** A wrong use of an address: a double free, a write after free, or an address that the arena never returned. */
export class ArenaError extends Error {
  override readonly name = 'ArenaError';
}
