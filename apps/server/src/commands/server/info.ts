import { defineCommand } from '../../command/define-command';
import type { Arguments } from '../../request/arguments';
import type { InfoSection } from './info/info-section';
import { InfoText } from './info/info-text';
import { infoSections } from './info/sections';

export const info = defineCommand({
  name: 'info',
  summary: 'Get information and statistics about the server',
  since: '1.0.0',
  group: 'server',
  complexity: 'O(1)',
  history: [['7.0.0', 'Added support for taking multiple section arguments.']],
  arity: -1,
  flags: ['loading', 'stale'],
  categories: ['dangerous'],
  tips: ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special'],
  arguments: [{ name: 'section', type: 'string', optional: true, multiple: true }],
  execute(args, reply, call) {
    const isWanted = requestedSections(args);
    const text = new InfoText();
    for (const section of infoSections) {
      if (isWanted(section)) section.write(text, call);
    }
    reply.verbatim('txt', text.toString());
  },
});

function requestedSections(args: Arguments): (section: InfoSection) => boolean {
  const names = new Set<string>();
  for (let i = 1; i < args.count; i++) names.add(args.toName(i).toLowerCase());
  if (names.has('everything') || names.has('all')) return () => true;
  const isDefault = names.size === 0 || names.has('default');
  return ({ name, alias, isDefault: byDefault }) =>
    (isDefault && byDefault) || names.has(name) || (alias !== undefined && names.has(alias));
}
