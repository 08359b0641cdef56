import { type Address, type Arena, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { Element, Root } from './sorted-set-layout';

/** The links from element to element, and from the root to both ends. */
export class ElementLinks {
  private readonly segments: Uint32Array[];

  constructor(arena: Arena) {
    this.segments = arena.words;
  }

  /** Links an element behind another one of its set, or in front of all if `before` is 0. O(1). */
  link(root: Address, element: Address, before: Address): void {
    const previous = before === 0 ? root : before;
    const next = this.segments[previous >>> SEGMENT_SHIFT]![((previous & SEGMENT_MASK) << 1) + Element.forward]!;
    const words = this.segments[element >>> SEGMENT_SHIFT]!;
    const word = (element & SEGMENT_MASK) << 1;
    words[word + Element.forward] = next;
    words[word + Element.backward] = before;
    this.join(root, before, element);
    this.join(root, element, next);
  }

  /** Links the neighbours of an element to each other; its own links stay. O(1). */
  unlink(root: Address, element: Address): void {
    const words = this.segments[element >>> SEGMENT_SHIFT]!;
    const word = (element & SEGMENT_MASK) << 1;
    this.join(root, words[word + Element.backward]!, words[word + Element.forward]!);
  }

  /** Makes two elements neighbours; 0 stands for the root on either side. O(1). */
  join(root: Address, before: Address, next: Address): void {
    const previous = before === 0 ? root : before;
    this.segments[previous >>> SEGMENT_SHIFT]![((previous & SEGMENT_MASK) << 1) + Element.forward] = next;
    if (next !== 0) {
      this.segments[next >>> SEGMENT_SHIFT]![((next & SEGMENT_MASK) << 1) + Element.backward] = before;
    } else {
      this.segments[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.last] = before;
    }
  }
}
