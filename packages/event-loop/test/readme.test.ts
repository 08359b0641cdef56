import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { EventLoop, Listener } from '../src/index';
import * as eventLoop from '../src/index';
import { connectTo, readExactly } from './client';

test('the example of the README is an echo server', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const [, names, body] = /^import \{([^}]*)\} from '@nanoredis\/event-loop';\n(.*)$/s.exec(example) ?? [];
  const printed: unknown[] = [];
  const source = `return (async () => { const {${names}} = eventLoop;\n${body}\nreturn { loop, listener }; })()`;
  const run = new Function('eventLoop', 'console', source);
  const { loop, listener } = (await run(eventLoop, { log: (text: unknown) => printed.push(text) })) as {
    loop: EventLoop;
    listener: Listener;
  };
  expect(printed).toEqual([`echo over ${loop.backend}`]);
  const client = await connectTo(listener);
  client.write('hello');
  expect((await readExactly(client, 5)).toString()).toBe('hello');
  client.destroy();
  await loop.close();
});
