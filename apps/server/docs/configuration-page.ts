import type { Effect, Option } from '../src/config/option';
import { sections } from '../src/config/schema';

const EFFECTS: Readonly<Record<Effect, string>> = {
  full: 'yes',
  'none yet': 'not yet',
  never: 'never',
};

/** docs/configuration.md: every option that redis.conf, the command line and CONFIG SET take, and what it does. */
export function configurationPage(): string {
  return `# Configuration

Every option of redis-server 7.0.15 is read from a redis.conf, from the command line (\`--name value\`) and by CONFIG SET, checked,
shown by CONFIG GET and written by CONFIG REWRITE as Redis does. Not all of them have something to act on:

- **yes**: the server acts on it.
- **not yet**: the feature behind it is still to come. The server warns at its start when such an option was changed.
- **never**: it concerns something that NanoRedis does not have by design (jemalloc, forks); an existing redis.conf still loads.

\`event-loop\` is our own: \`auto\`, \`io_uring\`, \`epoll\` or \`libuv\`. Made from the schema in \`apps/server/src/config\` by
\`npm run docs:configuration\`; \`npm test\` notices when it is out of date.
${Object.entries(sections)
  .map(([title, options]) => section(title, options))
  .join('')}`;
}

function section(title: string, options: Readonly<Record<string, Option<unknown>>>): string {
  const rows = Object.entries(options).map(([name, { kind, defaultValue, traits }]) => {
    const alias = traits.alias === null ? '' : `, \`${traits.alias}\``;
    const text = kind.format(defaultValue);
    const notes = [traits.immutable ? 'only at the start' : '', traits.guarded ? 'protected' : ''].filter(Boolean);
    return `| \`${name}\`${alias} | ${text === '' ? '' : `\`${text}\``} | ${EFFECTS[traits.effect]} | ${notes.join(', ')} |`;
  });
  return `\n## ${title}\n\n| Option | Default | Effect | |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}
