/** The arena can't grow: its limit is reached, the host refuses memory, or no segment slot is left. Nothing was changed. */
export class ArenaFullError extends Error {
  override readonly name = 'ArenaFullError';
}

/** An address was used that the arena does not own (any more): a double free, a foreign address, a write after free. */
export class ArenaError extends Error {
  override readonly name = 'ArenaError';
}
