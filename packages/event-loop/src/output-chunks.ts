import { allocate, outOfMemory } from './allocate';
import { copyBytes } from './copy-bytes';
import type { HostMemory } from './host-memory/host-memory';

/** A buffer outside of the V8 heap in which output of many connections is allocated one after the other. */
export class OutputChunk {
  readonly bytes: Buffer;
  readonly size: number;
  /** The address of `bytes` for system calls; 0 on libuv. */
  readonly address: number;
  /** Whether other connections have output in it: a slow peer must not keep it for long then. */
  readonly isShared: boolean;
  /** Number of allocated bytes. */
  used: number;
  /** Number of its regions, plus one for a lock, plus one for the pool or the connection that will use it next. */
  references: number;
  /** Whether a connection has uncommitted space at `used`. */
  isLocked: boolean;

  constructor(bytes: Buffer, address: number, isShared: boolean) {
    this.bytes = bytes;
    this.size = bytes.length;
    this.address = address;
    this.isShared = isShared;
    this.used = 0;
    this.references = 0;
    this.isLocked = false;
  }
}

/** A part of a chunk, as an element of the linked list of one connection's output. */
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

const MAX_POOLED_CHUNKS = 64;
const MAX_POOLED_REGIONS = 4096;
/** Pooled chunks that are kept although they are not needed. */
const MIN_POOLED_CHUNKS = 2;
/** Bytes of dropped chunks that one call returns to the kernel. */
const MAX_DISCARDED_BYTES = 2 ** 20;
/** Size of a chunk for a peer that does not read. It is small, because there may be many of them. */
const PRIVATE_CHUNK_BYTES = 16 * 1024;
/** Size of the chunk for output that is dropped because memory is exhausted. */
const LOST_CHUNK_BYTES = 64 * 1024;

/**
 * The output memory of one loop.
 *
 * ```
 *  current    [ reply of A | reply of B | open space of A ->   ]   a locked chunk is skipped,
 *  alternate  [ written to C by a command of A |               ]   so two connections can have space at the same time
 *  shared     [ to C, D, E | to C, D, E |          ]   output for many connections: their regions grow together
 *  retired    [ x | x | in flight | x ]   returns to the pool with its last region
 * ```
 *
 * The current chunk is used from its start again as soon as nothing of it is in flight. Under normal load that is once per
 * iteration, so all replies use the same few cache lines.
 *
 * If memory is exhausted, methods that return a chunk or a region return null and have changed nothing.
 *
 * V8 would free a dropped chunk at its next garbage collection, which may never happen in an idle process. `discardSome` returns its
 * memory to the kernel if the host supports that.
 */
export class OutputChunkPool {
  readonly chunkBytes: number;
  /** Space for output that will never be sent, because its connection was closed for want of memory. Locked for ever. */
  readonly lost: OutputChunk;
  /** Bytes of all chunks, including pooled ones. */
  reservedBytes: number;
  readonly #addressOf: (bytes: Buffer) => number;
  readonly #free: OutputChunk[];
  #current: OutputChunk;
  #alternate: OutputChunk;
  #shared: OutputChunk | null;
  #freeRegion: OutputRegion | null;
  #freeRegions: number;
  readonly #memory: HostMemory | null;
  /** The parts of dropped chunks whose memory was not returned to the kernel yet. */
  readonly #dropped: Buffer[];
  /** The minimum number of pooled chunks since the last `shrink`: so many were not needed. */
  #unneeded: number;

  /** @throws Error with the code ENOMEM when there is not enough memory for the first chunk */
  constructor(chunkBytes: number, addressOf: (bytes: Buffer) => number, memory: HostMemory | null = null) {
    this.chunkBytes = chunkBytes;
    this.reservedBytes = 0;
    this.#addressOf = addressOf;
    this.#free = [];
    this.#memory = memory;
    this.#dropped = [];
    this.#unneeded = 0;
    const current = this.#take();
    const lost = allocate(LOST_CHUNK_BYTES);
    if (current === null || lost === null) throw outOfMemory(chunkBytes);
    this.lost = new OutputChunk(lost, 0, false);
    this.lost.isLocked = true;
    this.lost.references = 1;
    this.#current = current;
    this.#alternate = this.#current;
    this.#shared = null;
    this.#freeRegion = null;
    this.#freeRegions = 0;
  }

  /** Returns a locked chunk with at least `min` free bytes. O(1). */
  open(min: number): OutputChunk | null {
    const chunk = this.#current;
    // Only the reference of the pool is left: everything in it was sent.
    if (chunk.references === 1) chunk.used = 0;
    if (chunk.isLocked || chunk.size - chunk.used < min) return this.#openOther(min);
    chunk.isLocked = true;
    chunk.references++;
    return chunk;
  }

  /** Returns a locked chunk for one connection. `held` is its present private chunk or null, whose reference the call takes over. O(1). */
  openPrivate(min: number, held: OutputChunk | null): OutputChunk | null {
    if (held !== null) {
      if (held.references === 1) held.used = 0;
      if (!held.isLocked && held.size - held.used >= min) {
        held.isLocked = true;
        held.references++;
        return held;
      }
    }
    const chunk = this.#make(Math.max(min, PRIVATE_CHUNK_BYTES), false);
    if (chunk === null) return null;
    if (held !== null) this.release(held);
    chunk.isLocked = true;
    chunk.references = 2;
    return chunk;
  }

  /**
   * Copies `bytes[start, end)` to a region that many queues can append, and returns it. The caller releases it. O(end - start).
   *
   * The chunk contains no other output. Successive messages to the same connections therefore extend one region of each.
   */
  place(bytes: Uint8Array, start: number, end: number): OutputRegion | null {
    const chunk = this.#sharedChunk(end - start);
    if (chunk === null) return null;
    const first = chunk.used;
    copyBytes(bytes, start, end, chunk.bytes, first);
    chunk.used = first + end - start;
    const region = this.takeRegion(chunk, first, chunk.used);
    // A chunk for this region only has no other reference.
    if (chunk !== this.#shared) chunk.references--;
    return region;
  }

  /** Releases the lock of `open` or `openPrivate`. The caller has advanced `used` by the bytes that it keeps. O(1). */
  unlock(chunk: OutputChunk): void {
    chunk.isLocked = false;
    this.release(chunk);
  }

  /** Releases one reference. O(1). */
  release(chunk: OutputChunk): void {
    if (--chunk.references > 0) return;
    chunk.used = 0;
    if (chunk.isShared && this.#free.length < MAX_POOLED_CHUNKS) this.#free.push(chunk);
    else this.#drop(chunk);
  }

  /** Drops the pooled chunks that were not needed since the last call except for a few, or all of them. O(chunks). */
  shrink(all: boolean): void {
    const keep = all ? 0 : Math.max(MIN_POOLED_CHUNKS, this.#free.length - this.#unneeded);
    while (this.#free.length > keep) this.#drop(this.#free.pop() as OutputChunk);
    this.#unneeded = this.#free.length;
  }

  /** Returns about a mebibyte of dropped chunks to the kernel; returns whether nothing is left. O(1), some 0.1 ms. */
  discardSome(): boolean {
    const memory = this.#memory;
    const dropped = this.#dropped;
    for (let left = MAX_DISCARDED_BYTES; left > 0 && memory !== null; ) {
      const bytes = dropped.pop();
      if (bytes === undefined) break;
      const rest = Math.max(0, bytes.length - left);
      memory.discard(bytes.subarray(rest));
      // A call for a few pages costs as much as some ten pages.
      left -= bytes.length - rest + 10 * memory.pageBytes;
      // If two pieces of a chunk meet inside of a page, the page belongs to the second one.
      if (rest > 0) dropped.push(bytes.subarray(0, Math.min(bytes.length, rest + memory.pageBytes)));
    }
    return dropped.length === 0;
  }

  /** Returns a region of `chunk`, which gets a reference. O(1), without allocation if a region is pooled. */
  takeRegion(chunk: OutputChunk, start: number, end: number): OutputRegion {
    chunk.references++;
    const region = this.#freeRegion;
    if (region === null) return new OutputRegion(chunk, start, end);
    this.#freeRegion = region.next;
    this.#freeRegions--;
    region.chunk = chunk;
    region.start = start;
    region.end = end;
    region.next = null;
    return region;
  }

  /** Releases a region and its reference. O(1). */
  releaseRegion(region: OutputRegion): void {
    this.release(region.chunk);
    if (this.#freeRegions >= MAX_POOLED_REGIONS) return;
    region.chunk = this.#current;
    region.next = this.#freeRegion;
    this.#freeRegion = region;
    this.#freeRegions++;
  }

  #openOther(min: number): OutputChunk | null {
    const other = this.#alternate;
    if (other !== this.#current) {
      if (other.references === 1) other.used = 0;
      if (!other.isLocked && other.size - other.used >= min) {
        this.#alternate = this.#current;
        this.#current = other;
        other.isLocked = true;
        other.references++;
        return other;
      }
    }
    if (min > this.chunkBytes) {
      const own = this.#make(min, false);
      if (own === null) return null;
      own.isLocked = true;
      own.references = 1;
      return own;
    }
    const fresh = this.#take();
    if (fresh === null) return null;
    if (other !== this.#current) this.release(other);
    this.#alternate = this.#current;
    this.#current = fresh;
    fresh.isLocked = true;
    fresh.references++;
    return fresh;
  }

  #sharedChunk(min: number): OutputChunk | null {
    if (min > this.chunkBytes) {
      const own = this.#make(min, false);
      if (own !== null) own.references = 1;
      return own;
    }
    const shared = this.#shared;
    if (shared !== null) {
      if (shared.references === 1) shared.used = 0;
      if (shared.size - shared.used >= min) return shared;
    }
    const fresh = this.#take();
    if (fresh === null) return null;
    if (shared !== null) this.release(shared);
    this.#shared = fresh;
    return fresh;
  }

  #take(): OutputChunk | null {
    const chunk = this.#free.pop() ?? this.#make(this.chunkBytes, true);
    if (this.#free.length < this.#unneeded) this.#unneeded = this.#free.length;
    if (chunk !== null) chunk.references = 1;
    return chunk;
  }

  #drop(chunk: OutputChunk): void {
    this.reservedBytes -= chunk.size;
    if (this.#memory !== null && chunk.size >= 2 * this.#memory.pageBytes) this.#dropped.push(chunk.bytes);
  }

  #make(size: number, isShared: boolean): OutputChunk | null {
    const bytes = allocate(size);
    if (bytes === null) return null;
    this.reservedBytes += size;
    return new OutputChunk(bytes, this.#addressOf(bytes), isShared);
  }
}
