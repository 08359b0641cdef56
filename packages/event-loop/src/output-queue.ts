import type { OutputChunk, OutputChunkPool, OutputRegion } from './output-chunks';

/** Regions below this are worth a copy to spare a system call each. */
const gatherRegionBytes = 8 * 1024;
/** A gathered run gets no longer than this. */
const gatherTotalBytes = 64 * 1024;

/** The output of one connection that the kernel has not taken yet: a list of regions in the order of `commit`. */
export class OutputQueue {
  first: OutputRegion | null;
  last: OutputRegion | null;
  bytes: number;

  constructor() {
    this.first = null;
    this.last = null;
    this.bytes = 0;
  }

  /** Appends `chunk[start, end)`; a region that goes on where the last one ends grows it instead. O(1). */
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

  /** Forgets the first `count` bytes: the kernel has them. O(regions). */
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

  /** Forgets everything. O(regions). */
  clear(pool: OutputChunkPool): void {
    this.consume(pool, this.bytes);
  }

  /**
   * Copies a run of small regions at the head into one, so that one send carries them (a subscriber has a region for each
   * message). Not while a send of the head is in flight. O(bytes copied).
   */
  gather(pool: OutputChunkPool): void {
    let region = this.first;
    if (region === null || region.next === null) return;
    const limit = Math.min(gatherTotalBytes, pool.chunkBytes);
    let total = 0;
    let count = 0;
    while (region !== null) {
      const length = region.end - region.start;
      if (length > gatherRegionBytes || total + length > limit) break;
      total += length;
      count++;
      region = region.next;
    }
    if (count > 1) this.copyRun(pool, pool.open(total), null, count);
  }

  /**
   * Moves what lies in shared chunks into memory of this queue alone, since its peer takes its time. A region that fills most of its
   * chunk stays: whoever keeps it keeps little else. Not while a send of it is in flight. O(bytes copied + shared regions), at most
   * once per region.
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
      before = this.copyRun(pool, chunk, before, count);
      pool.release(chunk);
      region = before.next;
    }
  }

  /** Copies `count` regions behind `before`, or the first ones if that is null, into `chunk`, as one region, which it answers. */
  private copyRun(pool: OutputChunkPool, chunk: OutputChunk, before: OutputRegion | null, count: number): OutputRegion {
    const start = chunk.used;
    let end = start;
    let left = count;
    let region = (before === null ? this.first : before.next) as OutputRegion;
    const gathered = pool.takeRegion(chunk, start, start);
    for (;;) {
      end += region.chunk.bytes.copy(chunk.bytes, end, region.start, region.end);
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

/** Whether a region is half of its chunk or more. */
function fillsChunk(region: OutputRegion): boolean {
  return (region.end - region.start) * 2 >= region.chunk.size;
}
