import type { Invocation } from '../../command/invocation';
import { findValue } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';
import { ValueType } from '../../values/entry';
import type { SetCursor } from '../../values/set/set-cursor';
import type { Sets } from '../../values/set/sets';
import { AddressList } from '../generic/address-list';

/** The sets that a command intersects, unites or subtracts, in the order of its arguments; 0 for a missing key. */
export class Operands {
  /** The entries are the first `count`. */
  entries = new Uint32Array(16);
  count = 0;
  /** Number of missing keys. */
  absent = 0;

  /**
   * Looks up the keys in arguments `first` to `end` (exclusive), for reading. Returns `this`. O(keys).
   * @throws ReplyError when any of them holds another type.
   */
  find(call: Invocation, args: Arguments, first: number, end: number): this {
    if (end - first > this.entries.length) this.entries = new Uint32Array(end - first);
    this.count = end - first;
    this.absent = 0;
    for (let i = first; i < end; i++) {
      const entry = findValue(call, args, i, ValueType.set);
      if (entry === 0) this.absent++;
      this.entries[i - first] = entry;
    }
    return this;
  }

  /** Swaps the first set with the smallest one; with the first of several. O(keys). */
  putSmallestFirst(sets: Sets): void {
    const { entries, count } = this;
    let smallest = 0;
    for (let i = 1; i < count; i++) if (sets.size(entries[i]!) < sets.size(entries[smallest]!)) smallest = i;
    const entry = entries[smallest]!;
    entries[smallest] = entries[0]!;
    entries[0] = entry;
  }

  /** Whether the member of a cursor over the first set is in all others too. O(keys). */
  allHave(sets: Sets, cursor: SetCursor): boolean {
    const { entries, count } = this;
    const first = entries[0];
    for (let i = 1; i < count; i++) {
      const entry = entries[i]!;
      if (entry !== first && !sets.hasMember(entry, cursor)) return false;
    }
    return true;
  }

  /** Whether the member of a cursor over the first set is in none of the others. O(keys). */
  noOtherHas(sets: Sets, cursor: SetCursor): boolean {
    const { entries, count } = this;
    const first = entries[0];
    for (let i = 1; i < count; i++) {
      const entry = entries[i]!;
      if (entry !== 0 && (entry === first || sets.hasMember(entry, cursor))) return false;
    }
    return true;
  }

  /**
   * Whether looking up each member of the first set, which exists, in the others is less work than removing the members of the
   * others from a copy of it. The choice is that of Redis, because it is visible in the encoding of SDIFFSTORE's result. O(keys).
   */
  isFewerLookUps(sets: Sets): boolean {
    const { entries, count } = this;
    let all = 0;
    for (let i = 0; i < count; i++) if (entries[i] !== 0) all += sets.size(entries[i]!);
    return Math.floor((sets.size(entries[0]!) * (count - this.absent)) / 2) <= all;
  }
}

/** Operands of the running command. Scratch of one call: valid until the command ends or calls another command. */
export const operands = new Operands();

/** Handles of members that a command has found; clear it before use. Scratch of one call: valid until the command ends or calls another command. */
export const found = new AddressList();
