import { parseDouble, parseLooseInteger } from '../c-numbers';
import { type Option, type OptionKind, type OptionTraits, option, type RewriteLine } from '../option';
import { type Parsed, parsed, refused } from '../parsed';

const OOM_SCORE_BOUND = 2000n;

/** The oom_score_adj of a master, a replica and a background child. */
class OomScoresKind implements OptionKind<readonly number[]> {
  readonly multiArgument = true;

  parse(args: readonly string[]): Parsed<readonly number[]> {
    if (args.length !== 3) {
      return refused('wrong number of arguments');
    }
    const scores: number[] = [];
    for (const arg of args) {
      const score = parseLooseInteger(arg, 10);
      if (score === null || score.value < -OOM_SCORE_BOUND || score.value > OOM_SCORE_BOUND) {
        return refused('Invalid oom-score-adj-values, elements must be between -2000 and 2000.');
      }
      scores.push(Number(score.value));
    }
    return parsed(scores, this.format(scores));
  }

  format(value: readonly number[]): string {
    return value.join(' ');
  }

  rewrite(
    name: string,
    _value: readonly number[],
    text: string,
    defaultValue: readonly number[],
  ): readonly RewriteLine[] {
    return [{ text: `${name} ${text}`, force: text !== this.format(defaultValue) }];
  }
}

class PercentilesKind implements OptionKind<readonly number[]> {
  readonly multiArgument = true;

  parse(args: readonly string[]): Parsed<readonly number[]> {
    const given = args.length === 1 && args[0] === '' ? [] : args;
    const percentiles: number[] = [];
    for (const arg of given) {
      const percentile = parseDouble(arg);
      if (percentile === null) {
        return refused('Invalid latency-tracking-info-percentiles parameters');
      }
      if (percentile > 100 || percentile < 0) {
        return refused('latency-tracking-info-percentiles parameters should sit between [0.0,100.0]');
      }
      percentiles.push(percentile);
    }
    return parsed(percentiles, this.format(percentiles));
  }

  format(value: readonly number[]): string {
    return value.map(formatPercentile).join(' ');
  }

  rewrite(name: string, value: readonly number[], text: string): readonly RewriteLine[] {
    // Always written, as in Redis: a file without the line would mean the defaults.
    return [{ text: `${name} ${value.length === 0 ? '""' : text}`, force: true }];
  }
}

/** Three scores for the kernel's out-of-memory killer: master, replica, background child. */
export function oomScores(
  defaultValue: readonly number[],
  ...traits: readonly Partial<OptionTraits>[]
): Option<readonly number[]> {
  return option(new OomScoresKind(), defaultValue, traits);
}

/** Any number of percentiles in [0, 100]. */
export function percentiles(
  defaultValue: readonly number[],
  ...traits: readonly Partial<OptionTraits>[]
): Option<readonly number[]> {
  return option(new PercentilesKind(), defaultValue, traits);
}

/** Up to six decimal places without trailing zeros; `-0` keeps its sign, as in printf. */
function formatPercentile(percentile: number): string {
  const digits = percentile.toFixed(6).replace(/\.?0+$/, '');
  return Object.is(percentile, -0) ? `-${digits}` : digits;
}
