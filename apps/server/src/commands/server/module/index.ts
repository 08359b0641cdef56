import { defineContainer } from '../../../command/define-command';
import { moduleHelp } from './help';
import { moduleList } from './list';
import { moduleLoad } from './load';
import { moduleLoadEx } from './loadex';
import { moduleUnload } from './unload';

/** There are no modules: the list is empty, and loading one fails as redis-server fails when a file is not usable. */
export const module = defineContainer({
  name: 'module',
  summary: 'A container for module commands',
  since: '4.0.0',
  group: 'server',
  complexity: 'Depends on subcommand.',
  arity: -2,
  flags: [],
  categories: [],
  subcommands: [moduleList, moduleLoad, moduleUnload, moduleLoadEx, moduleHelp],
});
