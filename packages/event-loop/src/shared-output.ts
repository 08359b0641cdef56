import type { OutputChunkPool, OutputRegion } from './output-chunks';

const NO_BYTES = new Uint8Array(0);

/**
 * Output that goes to many connections of a loop and lies in its memory once, such as a message to subscribers.
 *
 * ```ts
 * message.assign(bytes, start, end);
 * for (const connection of subscribers) connection.writeShared(message);
 * message.release();
 * ```
 *
 * Make one, and use it again and again.
 */
export class SharedOutput {
  /** What goes out is `bytes[start, end)`. */
  bytes: Uint8Array = NO_BYTES;
  start = 0;
  end = 0;
  private pool: OutputChunkPool | null = null;
  private region: OutputRegion | null = null;

  /** Becomes output of `bytes[start, end)`, which have to stay until the first connection has taken them. O(1). */
  assign(bytes: Uint8Array, start: number, end: number): void {
    this.forgetRegion();
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  /** Becomes output of no bytes; connections still send what they have taken. O(1). */
  release(): void {
    this.assign(NO_BYTES, 0, 0);
  }

  /** Where the bytes stand in the memory of a pool. O(length) the first time, then O(1). For connections. */
  placedIn(pool: OutputChunkPool): OutputRegion {
    if (this.region !== null && this.pool === pool) return this.region;
    this.forgetRegion();
    this.pool = pool;
    this.region = pool.place(this.bytes, this.start, this.end);
    return this.region;
  }

  private forgetRegion(): void {
    if (this.region !== null) this.pool?.releaseRegion(this.region);
    this.region = null;
  }
}
