import type { Address } from '@nanoredis/intrusive-ds';
import type { Sets } from '../../values/set/sets';
import type { Operands } from './operands';

/** Fills an empty set with the result of a set operation. */
export type Combine = (sets: Sets, operands: Operands, target: Address) => void;

/**
 * Adds the members of all sets to `target`. O(smallest set * sets).
 * @throws ArenaFullError when the arena is full; the caller still owns the target.
 */
export function intersect(sets: Sets, operands: Operands, target: Address): void {
  if (operands.absent > 0) return;
  operands.putSmallestFirst(sets);
  const { cursor } = sets;
  for (cursor.begin(operands.entries[0]!); cursor.advance(); ) {
    if (operands.allHave(sets, cursor)) sets.addMember(target, cursor);
  }
}

/**
 * Adds the members of any set to `target`. O(members of all).
 * @throws ArenaFullError when the arena is full; the caller still owns the target.
 */
export function unite(sets: Sets, operands: Operands, target: Address): void {
  for (let i = 0; i < operands.count; i++) {
    const entry = operands.entries[i]!;
    if (entry !== 0) addAll(sets, entry, target);
  }
}

/**
 * Adds the members of the first set that are in no other set to `target`. O(first set * sets) or O(members of all), whichever is
 * less.
 * @throws ArenaFullError when the arena is full; the caller still owns the target.
 */
export function subtract(sets: Sets, operands: Operands, target: Address): void {
  const first = operands.entries[0]!;
  if (first === 0) return;
  const { cursor } = sets;
  if (operands.isFewerLookUps(sets)) {
    for (cursor.begin(first); cursor.advance(); ) {
      if (operands.noOtherHas(sets, cursor)) sets.addMember(target, cursor);
    }
    return;
  }
  addAll(sets, first, target);
  for (let i = 1; i < operands.count && sets.size(target) > 0; i++) {
    const entry = operands.entries[i]!;
    if (entry === 0) continue;
    for (cursor.begin(entry); cursor.advance(); ) sets.removeMember(target, cursor);
  }
}

function addAll(sets: Sets, source: Address, target: Address): void {
  const { cursor } = sets;
  for (cursor.begin(source); cursor.advance(); ) sets.addMember(target, cursor);
}
