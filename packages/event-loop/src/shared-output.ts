import type { OutputChunkPool, OutputRegion } from './output-chunks';

const NO_BYTES = new Uint8Array(0);

/**
 * Output that is sent to many connections of a loop and is stored once, such as a message to subscribers.
 *
 * ```ts
 * message.assign(bytes, start, end);
 * for (const connection of subscribers) connection.writeShared(message);
 * message.release();
 * ```
 *
 * An object can be used again for the next output.
 */
export class SharedOutput {
  /** The output is `bytes[start, end)`. */
  bytes: Uint8Array = NO_BYTES;
  start = 0;
  end = 0;
  #pool: OutputChunkPool | null = null;
  #region: OutputRegion | null = null;

  /** Sets the output to `bytes[start, end)`, which must not change until the first `writeShared`. O(1). */
  assign(bytes: Uint8Array, start: number, end: number): void {
    this.#releaseRegion();
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  /** Sets the output to no bytes. Connections still send what was written to them. O(1). */
  release(): void {
    this.assign(NO_BYTES, 0, 0);
  }

  /** Returns the region of `pool` that contains the bytes, for connections; null without memory. O(length) for the first call, then O(1). */
  placedIn(pool: OutputChunkPool): OutputRegion | null {
    if (this.#region !== null && this.#pool === pool) return this.#region;
    this.#releaseRegion();
    this.#pool = pool;
    this.#region = pool.place(this.bytes, this.start, this.end);
    return this.#region;
  }

  #releaseRegion(): void {
    if (this.#region !== null) this.#pool?.releaseRegion(this.#region);
    this.#region = null;
  }
}
