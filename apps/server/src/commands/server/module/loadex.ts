import { defineCommand } from '../../../command/define-command';
import { LOAD_FAILED, moduleRefusal } from './errors';

export const moduleLoadEx = defineCommand({
  name: 'loadex',
  summary: 'Load a module with extended parameters',
  since: '7.0.0',
  group: 'server',
  complexity: 'O(1)',
  arity: -3,
  flags: ['admin', 'noscript', 'no_async_loading'],
  categories: [],
  arguments: [
    { name: 'path', type: 'string' },
    {
      name: 'configs',
      type: 'block',
      token: 'CONFIG',
      optional: true,
      multiple: true,
      multipleToken: true,
      arguments: [
        { name: 'name', type: 'string' },
        { name: 'value', type: 'string' },
      ],
    },
    {
      name: 'args',
      type: 'block',
      token: 'ARGS',
      optional: true,
      multiple: true,
      arguments: [{ name: 'arg', type: 'string' }],
    },
  ],
  refusal: moduleRefusal,
  execute() {
    throw LOAD_FAILED;
  },
});
