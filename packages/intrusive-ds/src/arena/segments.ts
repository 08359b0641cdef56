import { MAX_SEGMENTS, SEGMENT_BYTES } from './address';
import { ArenaFullError } from './arena-errors';
import type { ArenaHost } from './arena-host';

/** The content of an empty slot: sixteen zero words, which read as the page table of a span without a free record. */
const NO_WORDS = new Uint32Array(16);
const NO_BYTES = Buffer.alloc(0);

/**
 * The slots of an arena and the SharedArrayBuffers in them. A buffer is virtual memory until it is touched (measured: 48 of 64 MiB
 * take 0.8 ms and 0.8 MB of RSS together), and it does not move while it is in its slot.
 */
export class Segments {
  /** 32-bit words by slot. */
  readonly words: Uint32Array[] = [NO_WORDS];
  /** The same memory as bytes, by slot. */
  readonly bytes: Buffer[] = [NO_BYTES];
  readonly #vacant: number[] = [];
  readonly #host: ArenaHost | null;

  constructor(host: ArenaHost | null) {
    this.#host = host;
  }

  /** Whether a segment or a huge record is in the slot. O(1). */
  holds(slot: number): boolean {
    return this.words[slot] !== NO_WORDS;
  }

  /**
   * Puts a new zeroed segment into a free slot and returns the slot. O(1).
   * @throws ArenaFullError when there is no memory or no slot
   */
  addSegment(): number {
    return this.#put(this.holds(0) ? this.#nextSlot() : 0, SEGMENT_BYTES);
  }

  /**
   * Puts a buffer for one huge record into a free slot and returns the slot: never slot 0, whose unit 0 is null. O(1).
   * @throws ArenaFullError when there is no memory or no slot
   */
  addHuge(bytes: number): number {
    return this.#put(this.#nextSlot(), bytes);
  }

  /** Empties a slot. Whoever drops the last reference to its buffer calls `reportDroppedBytes`, so that V8 frees it. O(1). */
  vacate(slot: number): void {
    this.words[slot] = NO_WORDS;
    this.bytes[slot] = NO_BYTES;
    if (slot !== 0) this.#vacant.push(slot);
  }

  #nextSlot(): number {
    return this.#vacant.at(-1) ?? this.words.length;
  }

  #put(slot: number, bytes: number): number {
    if (slot >= MAX_SEGMENTS) throw new ArenaFullError('no address is left for another segment');
    const slack = this.#host?.pageBytes ?? 0;
    let buffer: SharedArrayBuffer;
    try {
      buffer = new SharedArrayBuffer(bytes + slack);
    } catch (cause) {
      throw new ArenaFullError(`the host has no ${bytes} bytes for another segment`, { cause });
    }
    if (slot === this.#vacant.at(-1)) this.#vacant.pop();
    // Our pages begin at pages of the host, so that an empty page can go back as a whole.
    const offset = slack === 0 ? 0 : (slack - this.#host!.offsetInPage(new Uint8Array(buffer))) % slack;
    this.words[slot] = new Uint32Array(buffer, offset, bytes >>> 2);
    this.bytes[slot] = Buffer.from(buffer, offset, bytes);
    return slot;
  }
}

/**
 * Makes V8 count `bytes` of dropped shared memory as garbage, which it does not do by itself. Measured on Node 20: dropped
 * SharedArrayBuffers are never collected in a process that makes little other garbage (6 GB of RSS after dropping 24 x 256 MiB). An
 * ArrayBuffer of the same size, dropped at once, triggers the collection (same run: 42 MB at the end). It is never touched, so it
 * stays virtual memory.
 */
export function reportDroppedBytes(bytes: number): void {
  try {
    new ArrayBuffer(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}
