import { defineContainer } from '../../../command/define-command';
import { configGet } from './get';
import { configHelp } from './help';
import { configResetstat } from './resetstat';
import { configRewrite } from './rewrite';
import { configSet } from './set';

export const config = defineContainer({
  name: 'config',
  summary: 'A container for server configuration commands',
  since: '2.0.0',
  group: 'server',
  complexity: 'Depends on subcommand.',
  arity: -2,
  flags: [],
  categories: [],
  subcommands: [configHelp, configRewrite, configResetstat, configGet, configSet],
});
