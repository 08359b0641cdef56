import { copyBytes } from './copy-bytes';
import type { OutputChunk, OutputChunkPool, OutputRegion } from './output-chunks';

/** Copying a region of up to this size is cheaper than a system call. */
const MAX_GATHERED_REGION_BYTES = 8 * 1024;
/** Maximum size of gathered regions. */
const MAX_GATHERED_BYTES = 64 * 1024;

/** The output of one connection that was not passed to the kernel yet: a linked list of regions in the order of `commit`. */
export class OutputQueue {
  first: OutputRegion | null;
  last: OutputRegion | null;
  bytes: number;

  constructor() {
    this.first = null;
    this.last = null;
    this.bytes = 0;
  }

  /** Appends `chunk[start, end)`. If the last region ends at `start`, it grows. O(1). */
  append(pool: OutputChunkPool, chunk: OutputChunk, start: number, end: number): void {
    this.bytes += end - start;
    const last = this.last;
    if (last !== null) {
      if (last.chunk === chunk && last.end === start) {
        last.end = end;
        return;
      }
      this.last = last.next = pool.takeRegion(chunk, start, end);
      return;
    }
    this.first = this.last = pool.takeRegion(chunk, start, end);
  }

  /** Removes the first `count` bytes. O(regions). */
  consume(pool: OutputChunkPool, count: number): void {
    this.bytes -= count;
    let rest = count;
    while (rest > 0) {
      const region = this.first as OutputRegion;
      const length = region.end - region.start;
      if (rest < length) {
        region.start += rest;
        return;
      }
      rest -= length;
      this.first = region.next;
      if (this.first === null) this.last = null;
      pool.releaseRegion(region);
    }
  }

  /** Removes all bytes. O(regions). */
  clear(pool: OutputChunkPool): void {
    this.consume(pool, this.bytes);
  }

  /**
   * Copies small regions at the head into one region, so that one send suffices (a subscriber has one region per message). Must not be
   * called while a send of the head is in flight. O(bytes copied).
   */
  gather(pool: OutputChunkPool): void {
    let region = this.first;
    if (region === null || region.next === null) return;
    const limit = Math.min(MAX_GATHERED_BYTES, pool.chunkBytes);
    let total = 0;
    let count = 0;
    while (region !== null) {
      const length = region.end - region.start;
      if (length > MAX_GATHERED_REGION_BYTES || total + length > limit) break;
      total += length;
      count++;
      region = region.next;
    }
    // Without memory for a copy, each region is sent on its own.
    const chunk = count > 1 ? pool.open(total) : null;
    if (chunk !== null) this.#copyRun(pool, chunk, null, count);
  }

  /**
   * Moves regions of shared chunks to memory of this queue, because its peer is slow and would keep the chunks. A region that fills
   * most of its chunk stays, because it keeps little else; so does everything if there is no memory for a copy. Must not be called
   * while a send is in flight. O(bytes copied + shared regions), at most once per region.
   */
  isolate(pool: OutputChunkPool): void {
    let before: OutputRegion | null = null;
    let region = this.first;
    while (region?.chunk.isShared) {
      if (fillsChunk(region)) {
        before = region;
        region = region.next;
        continue;
      }
      let total = 0;
      let count = 0;
      for (let next: OutputRegion | null = region; next?.chunk.isShared && !fillsChunk(next); next = next.next) {
        total += next.end - next.start;
        count++;
      }
      const chunk = pool.openPrivate(total, null);
      if (chunk === null) return;
      before = this.#copyRun(pool, chunk, before, count);
      pool.release(chunk);
      region = before.next;
    }
  }

  /** Copies `count` regions behind `before`, or the first ones if it is null, into one region of `chunk`, and returns that. */
  #copyRun(pool: OutputChunkPool, chunk: OutputChunk, before: OutputRegion | null, count: number): OutputRegion {
    const start = chunk.used;
    let end = start;
    let left = count;
    let region = (before === null ? this.first : before.next) as OutputRegion;
    const gathered = pool.takeRegion(chunk, start, start);
    for (;;) {
      copyBytes(region.chunk.bytes, region.start, region.end, chunk.bytes, end);
      end += region.end - region.start;
      const next = region.next;
      pool.releaseRegion(region);
      gathered.next = next;
      if (next === null) this.last = gathered;
      if (--left === 0 || next === null) break;
      region = next;
    }
    gathered.end = end;
    chunk.used = end;
    if (before === null) this.first = gathered;
    else before.next = gathered;
    pool.unlock(chunk);
    return gathered;
  }
}

/** Whether a region is at least half of its chunk. */
function fillsChunk(region: OutputRegion): boolean {
  return (region.end - region.start) * 2 >= region.chunk.size;
}
