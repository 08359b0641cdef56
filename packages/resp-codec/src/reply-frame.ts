import type { Reply } from './reply.js';

/** What a container becomes. */
export const FRAME_ARRAY = 0;
export const FRAME_SET = 1;
export const FRAME_MAP = 2;
export const FRAME_OBJECT = 3;
/** Pairs that belong to the reply that follows, or a message out of band: complete as the others, but not a reply. */
export const FRAME_ATTRIBUTE = 4;
export const FRAME_PUSH = 5;

const MOST_PREALLOCATED = 1024;
const NO_ITEMS: Reply[] = [];

/** A container that is being filled. Frames are reused: one for each depth. */
export class ReplyFrame {
  kind = FRAME_ARRAY;
  /** Replies that are still to come. */
  remaining = 0;
  items: Reply[] = [];
  /** Replies that are there: where the next one goes. */
  filled = 0;

  /** Starts a container of `count` replies. O(1). */
  begin(kind: number, count: number): void {
    this.kind = kind;
    this.remaining = count;
    this.filled = 0;
    // An announced length is trusted up to here: arrays of the usual size need not grow, and no header costs more than 8 KiB.
    this.items = count <= MOST_PREALLOCATED ? new Array<Reply>(count) : [];
  }

  /** Returns what the collected replies make; an attribute becomes what `attributeKind` says. O(items). */
  finish(attributeKind: number): Reply {
    const { items } = this;
    this.items = NO_ITEMS;
    switch (this.kind === FRAME_ATTRIBUTE ? attributeKind : this.kind) {
      case FRAME_SET:
        return new Set(items);
      case FRAME_MAP:
        return toMap(items);
      case FRAME_OBJECT:
        return toObject(items);
      default:
        return items;
    }
  }
}

function toMap(items: Reply[]): Map<Reply, Reply> {
  const map = new Map<Reply, Reply>();
  for (let i = 0; i < items.length; i += 2) map.set(items[i]!, items[i + 1]!);
  return map;
}

/** An object without a prototype; a map that has containers as keys stays a Map, because no property name stands for them. */
function toObject(items: Reply[]): Reply {
  const object: { [key: string]: Reply } = Object.create(null);
  for (let i = 0; i < items.length; i += 2) {
    const key = items[i]!;
    if (typeof key === 'object' && key !== null && !Buffer.isBuffer(key)) return toMap(items);
    object[String(key)] = items[i + 1]!;
  }
  return object;
}
