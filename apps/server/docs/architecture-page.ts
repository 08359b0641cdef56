import { readFileSync } from 'node:fs';
import { layers } from './layers';

/** docs/architecture.md with its tables of layers brought up to date; the rest is written by hand. */
export function architecturePage(): string {
  const packages = layers.packages.map(({ name, on, owns }) => [
    `\`@nanoredis/${name}\``,
    on.length === 0 ? '–' : on.map((below) => `\`${below}\``).join(', '),
    owns,
  ]);
  const server = layers.server.map(({ label, owns }) => [codes(label), owns]);
  const page = readFileSync(new URL('../../../docs/architecture.md', import.meta.url), 'utf8');
  return withTable(
    withTable(page, 'packages', table(['Package', 'Imports', 'What it owns'], packages)),
    'layers',
    table(['Layer of `apps/server/src`, from the ground up', 'What it owns'], server),
  );
}

function codes(label: string): string {
  return label
    .split(', ')
    .map((name) => `\`${name}\``)
    .join(', ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The page with what is between the two comments of a name replaced. */
function withTable(page: string, name: string, text: string): string {
  const between = new RegExp(`(<!-- ${name} -->\n).*?(<!-- /${name} -->)`, 's');
  if (!between.test(page)) throw new Error(`docs/architecture.md has no place for '${name}'`);
  return page.replace(between, (_all, before: string, after: string) => `${before}${text}\n${after}`);
}
