import { SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import { ListEnd } from '../../values/list/list-end';

/**
 * The end of a list that an argument names: LEFT or RIGHT.
 * @throws ReplyError when it is neither.
 */
export function requireListEnd(args: Arguments, index: number): ListEnd {
  if (args.equals(index, 'left')) return ListEnd.front;
  if (args.equals(index, 'right')) return ListEnd.back;
  throw SYNTAX_ERROR;
}
