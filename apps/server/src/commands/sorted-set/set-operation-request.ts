import type { Invocation } from '../../command/invocation';
import { ReplyError, SYNTAX_ERROR, WRONG_TYPE } from '../../errors';
import type { Arguments } from '../../request/arguments';
import { ValueType } from '../../values/entry';
import { parseScore } from '../../values/sorted-set/score-text';
import { Aggregate } from './aggregate';
import { ScoredSource } from './scored-source';

const NOT_A_WEIGHT = new ReplyError('ERR weight value is not a float');
const NEGATIVE_LIMIT = new ReplyError("ERR LIMIT can't be negative");

/** The options that a set operation has besides its keys. */
export interface SetOperationForm {
  /** WEIGHTS and AGGREGATE, for operations that combine scores. */
  readonly hasAggregate: boolean;
  /** WITHSCORES, for operations that reply with members. */
  readonly hasScores: boolean;
  /** LIMIT, for operations that only count members. */
  readonly hasLimit: boolean;
}

/** The request of a set operation: sources in the order of the keys, and options. */
export class SetOperationRequest {
  readonly sources: ScoredSource[] = [];
  aggregate = Aggregate.sum;
  withScores = false;
  /** Maximum count; infinite without LIMIT. */
  limit = Number.POSITIVE_INFINITY;

  /**
   * Parses `numkeys key [key ...]` from argument `index` on, looks up the keys, and then parses the options, in the order of
   * Redis: the error of a wrong type precedes that of an invalid option. O(arguments).
   * @throws ReplyError when an argument or a type is wrong.
   */
  constructor(args: Arguments, call: Invocation, index: number, form: SetOperationForm) {
    const keys = args.requireInteger(index);
    if (keys < 1) {
      const name = args.toName(0).toLowerCase();
      throw new ReplyError(`ERR at least 1 input key is needed for '${name}' command`);
    }
    if (keys > args.count - index - 1) throw SYNTAX_ERROR;
    const end = index + 1 + keys;
    for (let i = index + 1; i < end; i++) this.sources.push(findSource(args, call, i));
    this.#readOptions(args, end, form);
  }

  /** Options may be repeated; the last one applies. */
  #readOptions(args: Arguments, first: number, form: SetOperationForm): void {
    const { sources } = this;
    let i = first;
    while (i < args.count) {
      const behind = args.count - i - 1;
      if (form.hasAggregate && behind >= sources.length && args.equals(i, 'weights')) {
        for (const source of sources) source.weight = requireWeight(args, ++i);
      } else if (form.hasAggregate && behind >= 1 && args.equals(i, 'aggregate')) {
        this.aggregate = requireAggregate(args, ++i);
      } else if (form.hasScores && args.equals(i, 'withscores')) {
        this.withScores = true;
      } else if (form.hasLimit && behind >= 1 && args.equals(i, 'limit')) {
        const limit = args.requireIntegerBetween(++i, 0, Number.POSITIVE_INFINITY, NEGATIVE_LIMIT);
        this.limit = limit === 0 ? Number.POSITIVE_INFINITY : limit;
      } else {
        throw SYNTAX_ERROR;
      }
      i++;
    }
  }
}

function findSource(args: Arguments, call: Invocation, index: number): ScoredSource {
  const { database } = call;
  const entry = database.findForRead(args.bytes, args.start(index), args.end(index));
  if (entry !== 0) {
    const type = database.typeOf(entry);
    if (type !== ValueType.sortedSet && type !== ValueType.set) throw WRONG_TYPE;
  }
  return new ScoredSource(call, entry);
}

function requireWeight(args: Arguments, index: number): number {
  const weight = parseScore(args.bytes, args.start(index), args.end(index));
  if (Number.isNaN(weight)) throw NOT_A_WEIGHT;
  return weight;
}

function requireAggregate(args: Arguments, index: number): Aggregate {
  if (args.equals(index, 'sum')) return Aggregate.sum;
  if (args.equals(index, 'min')) return Aggregate.min;
  if (args.equals(index, 'max')) return Aggregate.max;
  throw SYNTAX_ERROR;
}
