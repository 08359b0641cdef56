import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as codec from '../src/index';

it('runs the example of the README', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n(.*?)```/s.exec(readme)![1]!;
  const [, names, body] = /^import \{([^}]*)\} from '@nanoredis\/resp-codec';\n(.*)$/s.exec(example)!;
  const printed: unknown[] = [];
  const run = new Function('codec', 'console', `const {${names}} = codec;\n${body}`);
  run(codec, { log: (value: unknown) => printed.push(value) });
  expect(printed).toEqual(['hello']);
});
