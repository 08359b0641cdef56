import { formatMemory, parseLooseInteger, parseMemory } from '../c-numbers';
import { type Option, type OptionKind, type OptionTraits, option, type RewriteLine } from '../option';
import { type Parsed, parsed, refused } from '../parsed';

/** The limits of a client's output buffer; 0 means none. Bytes are exact up to 2^53. */
export interface OutputBufferLimit {
  /** Above this many bytes the client is disconnected at once. */
  readonly hardBytes: number;
  /** Above this many bytes for `softSeconds` the client is disconnected. */
  readonly softBytes: number;
  readonly softSeconds: number;
}

/** The limit of each class of client. */
export interface OutputBufferLimits {
  readonly normal: OutputBufferLimit;
  readonly replica: OutputBufferLimit;
  readonly pubsub: OutputBufferLimit;
}

const CLASSES = ['normal', 'replica', 'pubsub'] as const;

class OutputBufferLimitsKind implements OptionKind<OutputBufferLimits> {
  readonly multiArgument = true;

  parse(args: readonly string[], current: OutputBufferLimits): Parsed<OutputBufferLimits> {
    if (args.length % 4 !== 0) {
      return refused('Wrong number of arguments in buffer limit configuration.');
    }
    const limits = { ...current };
    for (let i = 0; i < args.length; i += 4) {
      const given = args[i]!.toLowerCase();
      const clientClass = CLASSES.find((name) => name === (given === 'slave' ? 'replica' : given));
      if (clientClass === undefined) {
        return refused('Invalid client class specified in buffer limit configuration.');
      }
      const hard = parseMemory(args[i + 1]!);
      const soft = parseMemory(args[i + 2]!);
      const seconds = parseLooseInteger(args[i + 3]!, 10);
      // Redis stores the seconds in a C int and drops the higher bits.
      const softSeconds = seconds === null ? -1 : Number(BigInt.asIntN(32, seconds.value));
      if (hard === null || soft === null || softSeconds < 0) {
        return refused('Error in hard, soft or soft_seconds setting in buffer limit configuration.');
      }
      limits[clientClass] = { hardBytes: Number(hard), softBytes: Number(soft), softSeconds };
    }
    return parsed(limits, this.format(limits));
  }

  format(value: OutputBufferLimits): string {
    return CLASSES.map((name) => {
      const limit = value[name];
      const shown = name === 'replica' ? 'slave' : name;
      return `${shown} ${BigInt(limit.hardBytes)} ${BigInt(limit.softBytes)} ${limit.softSeconds}`;
    }).join(' ');
  }

  rewrite(
    name: string,
    value: OutputBufferLimits,
    _text: string,
    defaultValue: OutputBufferLimits,
  ): readonly RewriteLine[] {
    return CLASSES.map((clientClass) => {
      const { hardBytes, softBytes, softSeconds } = value[clientClass];
      const standard = defaultValue[clientClass];
      return {
        text: `${name} ${clientClass} ${formatMemory(BigInt(hardBytes))} ${formatMemory(BigInt(softBytes))} ${softSeconds}`,
        force:
          hardBytes !== standard.hardBytes || softBytes !== standard.softBytes || softSeconds !== standard.softSeconds,
      };
    });
  }
}

/** Groups of class, hard limit, soft limit and seconds. A class that is not named keeps its limit. */
export function outputBufferLimits(
  defaultValue: OutputBufferLimits,
  ...traits: readonly Partial<OptionTraits>[]
): Option<OutputBufferLimits> {
  return option(new OutputBufferLimitsKind(), defaultValue, traits);
}
