import type { Reply } from './reply';

/** Types of containers. */
export const FRAME_ARRAY = 0;
export const FRAME_SET = 1;
export const FRAME_MAP = 2;
export const FRAME_OBJECT = 3;
/** An attribute (pairs that describe the reply behind it), and an out-of-band message. Neither is a reply. */
export const FRAME_ATTRIBUTE = 4;
export const FRAME_PUSH = 5;

/** A declared count is allocated at once up to this number, so a header costs at most 8 KiB and most arrays need not grow. */
const MAX_PREALLOCATED = 1024;
const NO_ITEMS: Reply[] = [];

/** A container that is being filled. There is one frame per depth; frames are reused. */
export class ReplyFrame {
  kind = FRAME_ARRAY;
  /** Number of missing replies. */
  remaining = 0;
  items: Reply[] = [];
  /** Number of replies in `items`: the index of the next one. */
  filled = 0;

  /** Starts a container of `count` replies. O(1). */
  begin(kind: number, count: number): void {
    this.kind = kind;
    this.remaining = count;
    this.filled = 0;
    this.items = count <= MAX_PREALLOCATED ? new Array<Reply>(count) : [];
  }

  /** Returns the value of the complete container. An attribute becomes a container of `attributeKind`. O(items). */
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

/** Returns an object without a prototype, or a Map if a key is a container, which cannot be a property name. */
function toObject(items: Reply[]): Reply {
  const object: { [key: string]: Reply } = Object.create(null);
  for (let i = 0; i < items.length; i += 2) {
    const key = items[i]!;
    if (typeof key === 'object' && key !== null && !Buffer.isBuffer(key)) return toMap(items);
    object[String(key)] = items[i + 1]!;
  }
  return object;
}
