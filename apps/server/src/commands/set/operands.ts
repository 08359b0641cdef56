import type { Invocation } from '../../command/invocation';
import { findValue } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';
import { ValueType } from '../../values/entry';
import type { SetCursor } from '../../values/set/set-cursor';
import type { Sets } from '../../values/set/sets';
import { AddressList } from '../generic/address-list';

/** The sets that a command intersects, unites or subtracts, in the order of its arguments; 0 stands for an absent key. */
export class Operands {
  /** The entries are the first `count`. */
  entries = new Uint32Array(16);
  count = 0;
  /** How many keys are absent. */
  absent = 0;

  /**
   * Looks the keys from argument `first` to the one before `end` up, for reading. Returns `this`. O(keys).
   * @throws ReplyError WRONG_TYPE where one of them is no set, wherever it stands.
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

  /** Exchanges the first set with the smallest one, the first of them where there are more. O(keys). */
  putSmallestFirst(sets: Sets): void {
    const { entries, count } = this;
    let smallest = 0;
    for (let i = 1; i < count; i++) if (sets.size(entries[i]!) < sets.size(entries[smallest]!)) smallest = i;
    const entry = entries[smallest]!;
    entries[smallest] = entries[0]!;
    entries[0] = entry;
  }

  /** Whether the member that a cursor over the first set is at is in all others too. O(keys). */
  allHave(sets: Sets, cursor: SetCursor): boolean {
    const { entries, count } = this;
    const first = entries[0];
    for (let i = 1; i < count; i++) {
      const entry = entries[i]!;
      if (entry !== first && !sets.hasMember(entry, cursor)) return false;
    }
    return true;
  }

  /** Whether the member that a cursor over the first set is at is in none of the others. O(keys). */
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
   * Whether it is less work to look each member of the first set, which is there, up in the others than to take the members
   * of the others out of a copy of it: Redis' choice, which the encoding of SDIFFSTORE's result shows. O(keys).
   */
  isFewerLookUps(sets: Sets): boolean {
    const { entries, count } = this;
    let all = 0;
    for (let i = 0; i < count; i++) if (entries[i] !== 0) all += sets.size(entries[i]!);
    return Math.floor((sets.size(entries[0]!) * (count - this.absent)) / 2) <= all;
  }
}

/** The operands of the command that runs, for those that need them no longer than that. */
export const operands = new Operands();

/** Members that the command that runs has found, by their handles; whoever uses it clears it first. */
export const found = new AddressList();
