import type { Effect, Option } from '../src/config/option';
import { sections } from '../src/config/schema';

const EFFECTS: Readonly<Record<Effect, string>> = {
  full: 'yes',
  'none yet': 'not yet',
  never: 'never',
};

/** docs/configuration.md: every option of redis.conf, the command line and CONFIG SET, and its effect. */
export function configurationPage(): string {
  return `# Configuration

Every option of redis-server 7.0.15 can be set in a redis.conf, on the command line (\`--name value\`) and by CONFIG SET. As in Redis it
is validated, reported by CONFIG GET and written by CONFIG REWRITE. Not all options have an effect:

- **yes**: the server acts on it.
- **not yet**: the feature is not implemented yet. The server warns at its start if such an option was changed.
- **never**: it belongs to something that NanoRedis does not have by design (jemalloc, forks); an existing redis.conf still loads.

\`event-loop\` is an option of NanoRedis: \`auto\`, \`io_uring\`, \`epoll\` or \`libuv\`. This page is generated from the schema in
\`apps/server/src/config\` by \`npm run docs:configuration\`; \`npm test\` fails if it is out of date.
${Object.entries(sections)
  .map(([title, options]) => section(title, options))
  .join('')}`;
}

function section(title: string, options: Readonly<Record<string, Option<unknown>>>): string {
  const rows = Object.entries(options).map(([name, { kind, defaultValue, traits }]) => {
    const alias = traits.alias === null ? '' : `, \`${traits.alias}\``;
    const text = kind.format(defaultValue);
    const notes = [traits.immutable || traits.fixed ? 'only at startup' : '', traits.guarded ? 'protected' : ''].filter(
      Boolean,
    );
    return `| \`${name}\`${alias} | ${text === '' ? '' : `\`${text}\``} | ${EFFECTS[traits.effect]} | ${notes.join(', ')} |`;
  });
  return `\n## ${title}\n\n| Option | Default | Effect | |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}
