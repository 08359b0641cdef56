import { defineContainer } from '../../../command/define-command';
import { slowlogGet } from './get';
import { slowlogHelp } from './help';
import { slowlogLen } from './len';
import { slowlogReset } from './reset';

export const slowlog = defineContainer({
  name: 'slowlog',
  summary: 'A container for slow log commands',
  since: '2.2.12',
  group: 'server',
  complexity: 'Depends on subcommand.',
  arity: -2,
  flags: [],
  categories: [],
  subcommands: [slowlogLen, slowlogHelp, slowlogReset, slowlogGet],
});
