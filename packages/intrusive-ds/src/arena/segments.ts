import { SEGMENT_BYTES, SEGMENT_LIMIT } from './address';
import { ArenaFullError } from './arena-errors';
import type { ArenaHost } from './arena-host';

/** Stands in a slot that holds no segment. Sixteen zero words: read as a page table it is a span that has nothing to give. */
const NO_WORDS = new Uint32Array(16);
const NO_BYTES = Buffer.alloc(0);

/**
 * The slots of an arena and the SharedArrayBuffers behind them. A buffer is virtual memory until it is touched (measured: 48 of
 * 64 MiB cost 0.8 ms and 0.8 MB of RSS together), and it never moves while it is in its slot.
 */
export class Segments {
  /** 32-bit words by slot. */
  readonly words: Uint32Array[] = [NO_WORDS];
  /** The same memory as bytes, by slot. */
  readonly bytes: Buffer[] = [NO_BYTES];
  private readonly vacant: number[] = [];
  private readonly host: ArenaHost | null;

  constructor(host: ArenaHost | null) {
    this.host = host;
  }

  /** Whether a segment or a huge object is in the slot. O(1). */
  holds(slot: number): boolean {
    return this.words[slot] !== NO_WORDS;
  }

  /** Puts a new zeroed segment into a free slot and answers the slot. Throws ArenaFullError. O(1). */
  addSegment(): number {
    return this.put(this.holds(0) ? this.nextSlot() : 0, SEGMENT_BYTES);
  }

  /** Puts a buffer for one huge object into a free slot and answers it: never slot 0, whose unit 0 is null. Throws ArenaFullError. */
  addHuge(bytes: number): number {
    return this.put(this.nextSlot(), bytes);
  }

  /** Forgets the buffer of a slot. Who lets go of it too calls `feelTheWeightOf`, so that V8 gives it back to the host. O(1). */
  vacate(slot: number): void {
    this.words[slot] = NO_WORDS;
    this.bytes[slot] = NO_BYTES;
    if (slot !== 0) this.vacant.push(slot);
  }

  private nextSlot(): number {
    return this.vacant.at(-1) ?? this.words.length;
  }

  private put(slot: number, bytes: number): number {
    if (slot >= SEGMENT_LIMIT) throw new ArenaFullError('no address is left for another segment');
    const slack = this.host?.pageBytes ?? 0;
    let buffer: SharedArrayBuffer;
    try {
      buffer = new SharedArrayBuffer(bytes + slack);
    } catch (cause) {
      throw new ArenaFullError(`the host has no ${bytes} bytes for another segment`, { cause });
    }
    if (slot === this.vacant.at(-1)) this.vacant.pop();
    // Pages of ours begin where pages of the host do, so that an empty one can go back to it whole.
    const offset = slack === 0 ? 0 : (slack - this.host!.offsetInPage(new Uint8Array(buffer))) % slack;
    this.words[slot] = new Uint32Array(buffer, offset, bytes >>> 2);
    this.bytes[slot] = Buffer.from(buffer, offset, bytes);
    return slot;
  }
}

/**
 * V8 does not count shared memory as garbage: measured on Node 20, dropped SharedArrayBuffers are never collected in a process that
 * makes little other garbage (6 GB of RSS after dropping 24 x 256 MiB). A dropped ArrayBuffer of the same size, which stays
 * virtual as nobody touches it, tells V8 the truth about what a collection would bring (same run: 42 MB at the end).
 */
export function feelTheWeightOf(bytes: number): void {
  try {
    new ArrayBuffer(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}
