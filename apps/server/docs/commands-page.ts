import { readFileSync } from 'node:fs';
import type { Definition } from '../src/command/define-command';
import { commands } from '../src/commands';
import { commandDifferences, generalDifferences } from './differences';

/** A command of redis-server 7.0.15, from its COMMAND DOCS. */
type RedisCommand = readonly [name: string, since: string, group: string];

const redisCommands: readonly RedisCommand[] = JSON.parse(
  readFileSync(new URL('redis-commands.json', import.meta.url), 'utf8'),
);

/** The names of all served commands, `container|sub` for a subcommand. */
export const servedNames: ReadonlySet<string> = new Set(commands.flatMap(namesOf));

/** docs/commands.md: which commands of redis-server 7.0.15 are served, and their differences. */
export function commandsPage(): string {
  const ordinary = redisCommands.filter(([name]) => !name.includes('|'));
  const served = ordinary.filter(([name]) => servedNames.has(name)).length;
  const groups = [...new Set(redisCommands.map(([, , group]) => group))].sort();
  return `# Commands

NanoRedis serves ${served} of the ${ordinary.length} commands of redis-server 7.0.15. This page is generated from the definitions in
\`apps/server/src/commands\` by \`npm run docs:commands\`; \`npm test\` fails if it is out of date. Replies, error texts and edge
cases are those of Redis, and differential tests compare them byte for byte, except for the differences listed here.

## General differences

${generalDifferences.map((sentence) => `- ${sentence}`).join('\n')}
${groups.map((group) => groupSection(group)).join('')}`;
}

function groupSection(group: string): string {
  const rows = redisCommands.filter(([, , each]) => each === group);
  const served = rows.filter(([name]) => servedNames.has(name));
  const missing = rows.filter(([name]) => !servedNames.has(name));
  const table = served.map(([name, since]) => `| ${inWords(name)} | ${since} | ${commandDifferences[name] ?? ''} |`);
  const notYet = missing.map(([name]) => inWords(name)).join(', ');
  return [
    `\n## ${group}\n`,
    ...(table.length > 0 ? ['| Served | Since Redis | Differences |', '|---|---|---|', ...table, ''] : []),
    ...(notYet === '' ? [] : [`Not yet: ${notYet}.`, '']),
  ].join('\n');
}

function namesOf(definition: Definition): string[] {
  const subcommands = 'subcommands' in definition ? definition.subcommands : [];
  return [definition.name, ...subcommands.map((sub) => `${definition.name}|${sub.name}`)];
}

/** A name as clients write it: `CONFIG GET`. */
function inWords(name: string): string {
  return name.toUpperCase().replace('|', ' ');
}
