import { parseLooseInteger } from '../c-numbers';
import { type Option, type OptionKind, type OptionTraits, option, type RewriteLine } from '../option';
import { type Parsed, parsed, refused } from '../parsed';

/** A snapshot is due `seconds` after the last one if at least `changes` changes were made. */
export interface SavePoint {
  readonly seconds: number;
  readonly changes: number;
}

class SavePointsKind implements OptionKind<readonly SavePoint[]> {
  readonly multiArgument = true;

  parse(args: readonly string[]): Parsed<readonly SavePoint[]> {
    const given = args.length === 1 && args[0] === '' ? [] : args;
    const points: SavePoint[] = [];
    const texts: string[] = [];
    for (let i = 0; i < given.length; i += 2) {
      const seconds = parseLooseInteger(given[i]!, 10);
      const changes = i + 1 < given.length ? parseLooseInteger(given[i + 1]!, 10) : null;
      if (seconds === null || changes === null || seconds.value < 1n || changes.value < 0n) {
        return refused('Invalid save parameters');
      }
      // Redis stores the changes in a C int and drops the higher bits.
      const keptChanges = BigInt.asIntN(32, changes.value);
      points.push({ seconds: Number(seconds.value), changes: Number(keptChanges) });
      texts.push(`${seconds.value} ${keptChanges}`);
    }
    return parsed(points, texts.join(' '));
  }

  format(value: readonly SavePoint[]): string {
    return value.map((point) => `${point.seconds} ${point.changes}`).join(' ');
  }

  rewrite(name: string, value: readonly SavePoint[]): readonly RewriteLine[] {
    // Always written, as in Redis: a file without a save line would mean the defaults.
    if (value.length === 0) {
      return [{ text: `${name} ""`, force: true }];
    }
    return value.map((point) => ({ text: `${name} ${point.seconds} ${point.changes}`, force: true }));
  }
}

/** Pairs of seconds and changes; the empty text means none. Several lines of a file accumulate. */
export function savePoints(
  defaultValue: readonly SavePoint[],
  ...traits: readonly Partial<OptionTraits>[]
): Option<readonly SavePoint[]> {
  return option(new SavePointsKind(), defaultValue, traits);
}
