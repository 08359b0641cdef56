import { type Option, type OptionKind, type OptionTraits, option, type RewriteLine } from '../option';
import { type Parsed, parsed, refused } from '../parsed';
import { quoteArgument } from '../split-arguments';

/**
 * Bits of `notify-keyspace-events`: which events are published, and on which channels (`keyspace`, `keyevent`). The numbers
 * are those of Redis.
 */
export const KeyspaceEvents = {
  keyspace: 1 << 0,
  keyevent: 1 << 1,
  generic: 1 << 2,
  string: 1 << 3,
  list: 1 << 4,
  set: 1 << 5,
  hash: 1 << 6,
  sortedSet: 1 << 7,
  expired: 1 << 8,
  evicted: 1 << 9,
  stream: 1 << 10,
  keyMiss: 1 << 11,
  module: 1 << 13,
  newKey: 1 << 14,
} as const;

/** The classes that `A` includes: all but key misses and new keys. */
const ALL =
  KeyspaceEvents.generic |
  KeyspaceEvents.string |
  KeyspaceEvents.list |
  KeyspaceEvents.set |
  KeyspaceEvents.hash |
  KeyspaceEvents.sortedSet |
  KeyspaceEvents.expired |
  KeyspaceEvents.evicted |
  KeyspaceEvents.stream |
  KeyspaceEvents.module;

/** The letters of the classes, in the order in which CONFIG GET shows them. */
const CLASS_LETTERS: readonly (readonly [string, number])[] = [
  ['g', KeyspaceEvents.generic],
  ['$', KeyspaceEvents.string],
  ['l', KeyspaceEvents.list],
  ['s', KeyspaceEvents.set],
  ['h', KeyspaceEvents.hash],
  ['z', KeyspaceEvents.sortedSet],
  ['x', KeyspaceEvents.expired],
  ['e', KeyspaceEvents.evicted],
  ['t', KeyspaceEvents.stream],
  ['d', KeyspaceEvents.module],
  ['n', KeyspaceEvents.newKey],
];

/** The letters that CONFIG GET shows after the classes. */
const CHANNEL_LETTERS: readonly (readonly [string, number])[] = [
  ['K', KeyspaceEvents.keyspace],
  ['E', KeyspaceEvents.keyevent],
  ['m', KeyspaceEvents.keyMiss],
];

const BIT_OF_LETTER = new Map<string, number>([['A', ALL], ...CLASS_LETTERS, ...CHANNEL_LETTERS]);

class KeyspaceEventsKind implements OptionKind<number> {
  readonly multiArgument = false;

  parse(args: readonly string[]): Parsed<number> {
    let flags = 0;
    for (const letter of args[0]!) {
      const bit = BIT_OF_LETTER.get(letter);
      if (bit === undefined) {
        return refused("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
      }
      flags |= bit;
    }
    return parsed(flags, this.format(flags));
  }

  format(value: number): string {
    // Redis 7.0 does not show `n` next to `A`, although it is set.
    const classes = (value & ALL) === ALL ? 'A' : lettersOf(value, CLASS_LETTERS);
    return classes + lettersOf(value, CHANNEL_LETTERS);
  }

  rewrite(name: string, value: number, text: string): readonly RewriteLine[] {
    return [{ text: `${name} ${quoteArgument(text)}`, force: value !== 0 }];
  }
}

/** Letters for the classes of keyspace events; the value is a set of `KeyspaceEvents` bits. */
export function keyspaceEvents(...traits: readonly Partial<OptionTraits>[]): Option<number> {
  return option(new KeyspaceEventsKind(), 0, traits);
}

function lettersOf(flags: number, letters: readonly (readonly [string, number])[]): string {
  let text = '';
  for (const [letter, bit] of letters) {
    if ((flags & bit) !== 0) {
      text += letter;
    }
  }
  return text;
}
