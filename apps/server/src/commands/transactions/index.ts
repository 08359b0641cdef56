import type { Definition } from '../../command/define-command';
import { discard } from './discard';
import { exec } from './exec';
import { multi } from './multi';
import { unwatch } from './unwatch';
import { watch } from './watch';

/** Transactions: commands queued between MULTI and EXEC, and watched keys. */
export const transactionCommands: readonly Definition[] = [multi, exec, discard, watch, unwatch];
