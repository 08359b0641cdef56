import { defineContainer } from '../../../command/define-command';
import { latencyDoctor } from './doctor';
import { latencyGraph } from './graph';
import { latencyHelp } from './help';
import { latencyHistogram } from './histogram';
import { latencyHistory } from './history';
import { latencyLatest } from './latest';
import { latencyReset } from './reset';

export const latency = defineContainer({
  name: 'latency',
  summary: 'A container for latency diagnostics commands',
  since: '2.8.13',
  group: 'server',
  complexity: 'Depends on subcommand.',
  arity: -2,
  flags: [],
  categories: [],
  subcommands: [
    latencyGraph,
    latencyHelp,
    latencyHistory,
    latencyReset,
    latencyLatest,
    latencyHistogram,
    latencyDoctor,
  ],
});
