import { defineCommand } from '../../../command/define-command';
import { rewriteConfigFile } from '../../../config/rewrite-file';
import { ReplyError } from '../../../errors';

export const configRewrite = defineCommand({
  name: 'rewrite',
  summary: 'Rewrite the configuration file with the in memory configuration',
  since: '2.8.0',
  group: 'server',
  complexity: 'O(1)',
  arity: 2,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: [],
  execute(_args, reply, call) {
    const { config, log } = call.server;
    const error = rewriteConfigFile(config);
    if (error !== null) throw new ReplyError(`ERR ${error}`);
    log.write('warning', 'CONFIG REWRITE executed with success.');
    reply.ok();
  },
});
