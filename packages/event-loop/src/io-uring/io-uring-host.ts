import type { Libc } from '../linux/libc';
import type { Sockets } from '../linux/sockets';
import type { UvGuest } from '../linux/uv-guest';
import type { LoopCore } from '../loop-core';
import type { InputBuffers } from './input-buffers';
import type { Ring } from './ring';

/** The owner of the requests of a slot: a connection or a listener. */
export interface SlotOwner {
  requestEnded(): void;
}

/** A connection with input that was received while reading was paused. */
export interface HeldInput {
  handHeld(): void;
}

/** The part of IoUringLoop that its connections and listeners use. */
export interface IoUringHost extends LoopCore {
  readonly libc: Libc;
  readonly ring: Ring;
  readonly input: InputBuffers;
  readonly sockets: Sockets;
  readonly guest: UvGuest;
  takeSlot(owner: SlotOwner): number;
  releaseSlot(slot: number): void;
  submitSoon(): void;
  resumeSoon(connection: HeldInput): void;
}
