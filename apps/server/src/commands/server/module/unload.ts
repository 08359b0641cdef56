import { defineCommand } from '../../../command/define-command';
import { ReplyError } from '../../../errors';
import { moduleRefusal } from './errors';

const NO_SUCH_MODULE = new ReplyError('ERR Error unloading module: no such module with that name');

export const moduleUnload = defineCommand({
  name: 'unload',
  summary: 'Unload a module',
  since: '4.0.0',
  group: 'server',
  complexity: 'O(1)',
  arity: 3,
  flags: ['admin', 'noscript', 'no_async_loading'],
  categories: [],
  arguments: [{ name: 'name', type: 'string' }],
  refusal: moduleRefusal,
  execute() {
    throw NO_SUCH_MODULE;
  },
});
