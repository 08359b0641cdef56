import type { Invocation } from '../../command/invocation';
import { SYNTAX_ERROR } from '../../errors';
import type { Database } from '../../keyspace/database';
import { Target } from '../../keyspace/propagated-unit';
import type { Arguments } from '../../request/arguments';

/**
 * Whether FLUSHALL and FLUSHDB free lazily, by their argument or by default as configured.
 * @throws ReplyError when the argument is neither ASYNC nor SYNC.
 */
export function requireFlushMode(args: Arguments, call: Invocation): boolean {
  if (args.count === 1) return call.server.config.values['lazyfree-lazy-user-flush'];
  if (args.count === 2 && args.equals(1, 'async')) return true;
  if (args.count === 2 && args.equals(1, 'sync')) return false;
  throw SYNTAX_ERROR;
}

/** Empties the databases. O(1) each if lazy, else O(keys). */
export function flush(call: Invocation, databases: readonly Database[], isLazy: boolean): void {
  for (const database of databases) call.keyspace.flush(database, isLazy);
  // Even if there was nothing to empty.
  call.forcePropagation(Target.all);
}
