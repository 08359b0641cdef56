import { defineCommand } from '../../command/define-command';
import { ReplyError, SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import { Ending } from '../../session/ending';

const NOT_IN_PROGRESS = new ReplyError('ERR No shutdown in progress.');
const CANNOT_SAVE = new ReplyError('ERR Errors trying to SHUTDOWN. Check logs.');

export const shutdown = defineCommand({
  name: 'shutdown',
  summary: 'Synchronously save the dataset to disk and then shut down the server',
  since: '1.0.0',
  group: 'server',
  complexity: 'O(N) when saving, where N is the total number of keys in all databases when saving data, otherwise O(1)',
  history: [['7.0.0', 'Added the `NOW`, `FORCE` and `ABORT` modifiers.']],
  arity: -1,
  flags: ['admin', 'noscript', 'loading', 'stale', 'no_multi', 'allow_busy'],
  categories: [],
  arguments: [
    {
      name: 'nosave_save',
      type: 'oneof',
      optional: true,
      arguments: [
        { name: 'nosave', type: 'pure-token', token: 'NOSAVE' },
        { name: 'save', type: 'pure-token', token: 'SAVE' },
      ],
    },
    { name: 'now', type: 'pure-token', token: 'NOW', since: '7.0.0', optional: true },
    { name: 'force', type: 'pure-token', token: 'FORCE', since: '7.0.0', optional: true },
    { name: 'abort', type: 'pure-token', token: 'ABORT', since: '7.0.0', optional: true },
  ],
  execute(args, _reply, call) {
    const options = parseOptions(args);
    if (options.isAbort) throw NOT_IN_PROGRESS;
    const { log, shutdown } = call.server;
    log.write('warning', 'User requested shutdown...');
    if (options.save === true && !options.isForced) {
      log.write(
        'warning',
        'Snapshots cannot be written yet, so SHUTDOWN SAVE does not end the server; SHUTDOWN NOSAVE does.',
      );
      throw CANNOT_SAVE;
    }
    call.session.end(Ending.afterReplies);
    shutdown({ save: options.save });
  },
});

interface ShutdownOptions {
  /** SAVE or NOSAVE; null for the default of the configuration. */
  readonly save: boolean | null;
  readonly isForced: boolean;
  readonly isAbort: boolean;
}

/**
 * Parses the options of SHUTDOWN.
 * @throws ReplyError when options are unknown or contradict each other.
 */
function parseOptions(args: Arguments): ShutdownOptions {
  let save: boolean | null = null;
  let isNow = false;
  let isForced = false;
  let isAbort = false;
  for (let i = 1; i < args.count; i++) {
    const saves = args.equals(i, 'save');
    if (saves || args.equals(i, 'nosave')) {
      if (save !== null && save !== saves) throw SYNTAX_ERROR;
      save = saves;
    } else if (args.equals(i, 'now')) isNow = true;
    else if (args.equals(i, 'force')) isForced = true;
    else if (args.equals(i, 'abort')) isAbort = true;
    else throw SYNTAX_ERROR;
  }
  if (isAbort && (save !== null || isNow || isForced)) throw SYNTAX_ERROR;
  return { save, isForced, isAbort };
}
