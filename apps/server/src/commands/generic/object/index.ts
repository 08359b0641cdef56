import { defineContainer } from '../../../command/define-command';
import { objectEncoding } from './encoding';
import { objectFreq } from './freq';
import { objectHelp } from './help';
import { objectIdletime } from './idletime';
import { objectRefcount } from './refcount';

export const object = defineContainer({
  name: 'object',
  summary: 'A container for object introspection commands',
  since: '2.2.3',
  group: 'generic',
  complexity: 'Depends on subcommand.',
  arity: -2,
  flags: [],
  categories: [],
  subcommands: [objectHelp, objectEncoding, objectIdletime, objectFreq, objectRefcount],
});
