import type { HostMemory } from './host-memory/host-memory';

/** A pinned buffer that output of many connections is bump-allocated from. */
export class OutputChunk {
  readonly bytes: Buffer;
  readonly size: number;
  /** Where `bytes` lies in memory, for a system call; 0 when nobody asked. */
  readonly address: number;
  /** Whether other connections have output in here: then one slow peer must not keep it for long. */
  readonly isShared: boolean;
  /** Bytes given out so far. */
  used: number;
  /** Regions in flight, plus one for a lock, plus one for whoever holds the chunk for its next output. */
  references: number;
  /** Whether a connection has uncommitted room at `used`. */
  isLocked: boolean;

  constructor(size: number, isShared: boolean, addressOf: (bytes: Buffer) => number) {
    this.bytes = Buffer.allocUnsafeSlow(size);
    this.size = size;
    this.address = addressOf(this.bytes);
    this.isShared = isShared;
    this.used = 0;
    this.references = 0;
    this.isLocked = false;
  }
}

/** A part of a chunk, as a link of one connection's output queue. */
export class OutputRegion {
  chunk: OutputChunk;
  start: number;
  end: number;
  next: OutputRegion | null;

  constructor(chunk: OutputChunk, start: number, end: number) {
    this.chunk = chunk;
    this.start = start;
    this.end = end;
    this.next = null;
  }
}

/** Chunks and regions that wait for their next use stay within these. */
const maxPooledChunks = 64;
const maxPooledRegions = 4096;
/** Pooled chunks that stay although nobody needs them. */
const minPooledChunks = 2;
/** Bytes of dropped chunks that go back to the kernel at once. */
const discardedAtOnce = 2 ** 20;
/** The chunk of a connection whose peer does not read: small, for there may be many of those. */
const privateChunkBytes = 16 * 1024;

/**
 * The output memory of one loop.
 *
 * ```
 *  current    [ A's reply | B's reply | A's open room ->          ]   a locked chunk is passed over,
 *  alternate  [ what a command of A wrote to C |                  ]   so rooms may be open side by side
 *  shared     [ to C, D, E | to C, D, E |          ]   what many connections send: their regions grow together
 *  retired    [ x | x | still in flight | x ]   goes back to the pool with its last region
 * ```
 *
 * The chunk that is held rewinds to its start whenever nothing of it is in flight, which under an ordinary load is once an
 * iteration: the same few cache lines carry all replies.
 *
 * A dropped chunk would keep its memory until V8 collects it, which in a quiet process may be never. So that memory goes back to the
 * kernel by `discardSome`, where the host can do that.
 */
export class OutputChunkPool {
  readonly chunkBytes: number;
  /** Bytes of all chunks alive, pooled ones included. */
  reservedBytes: number;
  private readonly addressOf: (bytes: Buffer) => number;
  private readonly free: OutputChunk[];
  private current: OutputChunk;
  private alternate: OutputChunk;
  private shared: OutputChunk | null;
  private freeRegion: OutputRegion | null;
  private freeRegions: number;
  private readonly memory: HostMemory | null;
  /** What is left of dropped chunks whose memory has to go back. */
  private readonly dropped: Buffer[];
  /** The fewest pooled chunks since the last round: so many nobody has needed. */
  private unneeded: number;

  constructor(chunkBytes: number, addressOf: (bytes: Buffer) => number, memory: HostMemory | null = null) {
    this.chunkBytes = chunkBytes;
    this.reservedBytes = 0;
    this.addressOf = addressOf;
    this.free = [];
    this.memory = memory;
    this.dropped = [];
    this.unneeded = 0;
    this.current = this.take();
    this.alternate = this.current;
    this.shared = null;
    this.freeRegion = null;
    this.freeRegions = 0;
  }

  /** A locked chunk with at least `min` free bytes. O(1). */
  open(min: number): OutputChunk {
    const chunk = this.current;
    // Only our own hold is left: all that was in it is sent.
    if (chunk.references === 1) chunk.used = 0;
    if (chunk.isLocked || chunk.size - chunk.used < min) return this.openOther(min);
    chunk.isLocked = true;
    chunk.references++;
    return chunk;
  }

  /** A locked chunk for the output of one connection alone; `held` is the one that it has already, whose hold passes over. */
  openPrivate(min: number, held: OutputChunk | null): OutputChunk {
    if (held !== null) {
      if (held.references === 1) held.used = 0;
      if (!held.isLocked && held.size - held.used >= min) {
        held.isLocked = true;
        held.references++;
        return held;
      }
      this.release(held);
    }
    const chunk = this.make(Math.max(min, privateChunkBytes), false);
    chunk.isLocked = true;
    chunk.references = 2;
    return chunk;
  }

  /**
   * Copies `bytes[start, end)` to where many queues may append it from, and answers that region, which the caller gives back. O(n).
   *
   * The chunk has no other output in it, so that of one message after the other to the same connections each has one region.
   */
  place(bytes: Uint8Array, start: number, end: number): OutputRegion {
    const chunk = this.sharedChunk(end - start);
    const target = chunk.bytes;
    const first = chunk.used;
    let to = first;
    // As in QueuedConnection.write: most messages are short.
    if (end - start <= 64) for (let i = start; i < end; i++) target[to++] = bytes[i] as number;
    else {
      target.set(bytes.subarray(start, end), to);
      to += end - start;
    }
    chunk.used = to;
    const region = this.takeRegion(chunk, first, to);
    // One that holds nothing else goes when the region does.
    if (chunk !== this.shared) chunk.references--;
    return region;
  }

  /** Ends the lock that `open` or `openPrivate` made; the caller has moved `used` on to what it keeps. O(1). */
  unlock(chunk: OutputChunk): void {
    chunk.isLocked = false;
    this.release(chunk);
  }

  /** Gives one reference back. O(1). */
  release(chunk: OutputChunk): void {
    if (--chunk.references > 0) return;
    chunk.used = 0;
    if (chunk.isShared && this.free.length < maxPooledChunks) this.free.push(chunk);
    else this.drop(chunk);
  }

  /** Drops the pooled chunks that were not needed since the last call, but for a few (`all`: every pooled one). O(chunks). */
  shrink(all: boolean): void {
    const keep = all ? 0 : Math.max(minPooledChunks, this.free.length - this.unneeded);
    while (this.free.length > keep) this.drop(this.free.pop() as OutputChunk);
    this.unneeded = this.free.length;
  }

  /** Gives about a mebibyte of dropped chunks back to the kernel; answers whether nothing is left. O(1), some 0.1 ms. */
  discardSome(): boolean {
    const { memory, dropped } = this;
    for (let left = discardedAtOnce; left > 0 && memory !== null; ) {
      const bytes = dropped.pop();
      if (bytes === undefined) break;
      const rest = Math.max(0, bytes.length - left);
      memory.discard(bytes.subarray(rest));
      // A call for a few pages costs as much as some ten pages.
      left -= bytes.length - rest + 10 * memory.pageBytes;
      // Two pieces of one chunk meet inside of a page: it goes with the second one.
      if (rest > 0) dropped.push(bytes.subarray(0, Math.min(bytes.length, rest + memory.pageBytes)));
    }
    return dropped.length === 0;
  }

  /** A region of `chunk`, which gains a reference. O(1), allocation-free once warm. */
  takeRegion(chunk: OutputChunk, start: number, end: number): OutputRegion {
    chunk.references++;
    const region = this.freeRegion;
    if (region === null) return new OutputRegion(chunk, start, end);
    this.freeRegion = region.next;
    this.freeRegions--;
    region.chunk = chunk;
    region.start = start;
    region.end = end;
    region.next = null;
    return region;
  }

  /** Takes back a region and its reference. O(1). */
  releaseRegion(region: OutputRegion): void {
    this.release(region.chunk);
    if (this.freeRegions >= maxPooledRegions) return;
    region.chunk = this.current;
    region.next = this.freeRegion;
    this.freeRegion = region;
    this.freeRegions++;
  }

  private openOther(min: number): OutputChunk {
    const other = this.alternate;
    if (other !== this.current) {
      if (other.references === 1) other.used = 0;
      if (!other.isLocked && other.size - other.used >= min) {
        this.alternate = this.current;
        this.current = other;
        other.isLocked = true;
        other.references++;
        return other;
      }
    }
    if (min > this.chunkBytes) {
      const own = this.make(min, false);
      own.isLocked = true;
      own.references = 1;
      return own;
    }
    const fresh = this.take();
    if (other !== this.current) this.release(other);
    this.alternate = this.current;
    this.current = fresh;
    fresh.isLocked = true;
    fresh.references++;
    return fresh;
  }

  private sharedChunk(min: number): OutputChunk {
    if (min > this.chunkBytes) {
      const own = this.make(min, false);
      own.references = 1;
      return own;
    }
    const { shared } = this;
    if (shared !== null) {
      if (shared.references === 1) shared.used = 0;
      if (shared.size - shared.used >= min) return shared;
      this.release(shared);
    }
    this.shared = this.take();
    return this.shared;
  }

  private take(): OutputChunk {
    const chunk = this.free.pop() ?? this.make(this.chunkBytes, true);
    if (this.free.length < this.unneeded) this.unneeded = this.free.length;
    chunk.references = 1;
    return chunk;
  }

  private drop(chunk: OutputChunk): void {
    this.reservedBytes -= chunk.size;
    if (this.memory !== null && chunk.size >= 2 * this.memory.pageBytes) this.dropped.push(chunk.bytes);
  }

  private make(size: number, isShared: boolean): OutputChunk {
    this.reservedBytes += size;
    return new OutputChunk(size, isShared, this.addressOf);
  }
}
