import type { Invocation } from '../../command/invocation';
import { SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import { expirationForm, requireDeadline, type TimeForm } from '../../request/expiration';

/**
 * The options that follow the key of GETEX, or the key and the value of SET. `read` reuses one object for all commands, so
 * options cost no allocation.
 */
export class StringOptions {
  isNx = false;
  isXx = false;
  repliesOldValue = false;
  keepsDeadline = false;
  persists = false;
  /** The form of the time at argument `timeIndex`, or null if no time is given. */
  form: TimeForm | null = null;
  timeIndex = 0;

  constructor(private readonly command: 'set' | 'getex') {}

  /**
   * Parses the options from argument `first` on, but not the time itself. O(options).
   * @throws ReplyError when an option is unknown, incomplete, or excluded by another one.
   */
  read(args: Arguments, first: number): this {
    this.isNx = false;
    this.isXx = false;
    this.repliesOldValue = false;
    this.keepsDeadline = false;
    this.persists = false;
    this.form = null;
    const isSet = this.command === 'set';
    for (let i = first; i < args.count; i++) {
      const form = expirationForm(args, i);
      if (form !== null) {
        // The same form may be repeated; the last time applies.
        const isExcluded = this.keepsDeadline || this.persists || (this.form !== null && this.form !== form);
        if (isExcluded || i + 1 === args.count) throw SYNTAX_ERROR;
        this.form = form;
        this.timeIndex = ++i;
      } else if (isSet && !this.isXx && args.equals(i, 'nx')) this.isNx = true;
      else if (isSet && !this.isNx && args.equals(i, 'xx')) this.isXx = true;
      else if (isSet && args.equals(i, 'get')) this.repliesOldValue = true;
      else if (isSet && this.form === null && args.equals(i, 'keepttl')) this.keepsDeadline = true;
      else if (!isSet && this.form === null && args.equals(i, 'persist')) this.persists = true;
      else throw SYNTAX_ERROR;
    }
    return this;
  }

  /**
   * The deadline of the options, in ms since the epoch, or -1. O(1).
   * @throws ReplyError when the time is invalid.
   */
  requireDeadline(call: Invocation, args: Arguments): number {
    return this.form === null
      ? -1
      : requireDeadline(args, this.timeIndex, this.form, call.keyspace.nowMs, this.command);
  }
}
