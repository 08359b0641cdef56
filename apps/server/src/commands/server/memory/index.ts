import { defineContainer } from '../../../command/define-command';
import { memoryDoctor } from './doctor';
import { memoryHelp } from './help';
import { memoryMallocStats } from './malloc-stats';
import { memoryPurge } from './purge';
import { memoryStats } from './stats';
import { memoryUsage } from './usage';

export const memory = defineContainer({
  name: 'memory',
  summary: 'A container for memory diagnostics commands',
  since: '4.0.0',
  group: 'server',
  complexity: 'Depends on subcommand.',
  arity: -2,
  flags: [],
  categories: [],
  subcommands: [memoryPurge, memoryMallocStats, memoryDoctor, memoryHelp, memoryUsage, memoryStats],
});
