import { defineCommand } from '../../../command/define-command';
import { LOAD_FAILED, moduleRefusal } from './errors';

export const moduleLoad = defineCommand({
  name: 'load',
  summary: 'Load a module',
  since: '4.0.0',
  group: 'server',
  complexity: 'O(1)',
  arity: -3,
  flags: ['admin', 'noscript', 'no_async_loading'],
  categories: [],
  arguments: [
    { name: 'path', type: 'string' },
    { name: 'arg', type: 'string', optional: true, multiple: true },
  ],
  refusal: moduleRefusal,
  execute() {
    throw LOAD_FAILED;
  },
});
