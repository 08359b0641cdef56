// node bench/resp-codec/decoder.mjs (after `pnpm --filter @nanoredis/resp-codec build`)
// Peers are compared if they can be resolved, from here or from the folder given: redis-parser 3 and @redis/client 6.
import { createRequire } from 'node:module';
import { DECODED, encodeCommand, ReplyDecoder, ReplyWriter } from '../../packages/resp-codec/dist/index.js';
import { measure } from './measure.mjs';

const require = createRequire(process.argv[2] ? `${process.argv[2]}/` : import.meta.url);

function peer(name) {
  try {
    return require(name);
  } catch {
    console.log(`(${name} is not installed: left out)`);
    return null;
  }
}

const RedisParser = peer('redis-parser');
const clientDecoder = peer('@redis/client/dist/lib/RESP/decoder');
const clientEncoder = peer('@redis/client/dist/lib/RESP/encoder');

function stream(count, write) {
  const writer = new ReplyWriter();
  for (let i = 0; i < count; i++) write(writer, i);
  return Buffer.from(writer.written());
}

let seen = 0;

function contestants(bytes, replies, asBuffers = false) {
  const decoder = new ReplyDecoder({ bulk: asBuffers ? 'buffer' : 'string' });
  const list = [
    {
      name: '@nanoredis/resp-codec',
      operations: replies,
      run() {
        decoder.feed(bytes);
        while (decoder.next() === DECODED) seen += decoder.value === null ? 0 : 1;
      },
    },
  ];
  const count = () => {
    seen++;
  };
  if (RedisParser) {
    const parser = new RedisParser({ returnReply: count, returnError: count, returnBuffers: asBuffers });
    list.push({ name: 'redis-parser', operations: replies, run: () => parser.execute(bytes) });
  }
  if (clientDecoder) {
    const mapping = asBuffers ? { [clientDecoder.RESP_TYPES.BLOB_STRING]: Buffer } : {};
    const client = new clientDecoder.Decoder({
      onReply: count,
      onErrorReply: count,
      onPush: count,
      getTypeMapping: () => mapping,
    });
    list.push({ name: '@redis/client decoder', operations: replies, run: () => client.write(bytes) });
  }
  return list;
}

const pairs = 'v'.repeat(32);
const cases = [
  ['+OK', 500, (w) => w.ok()],
  [':123456', 500, (w) => w.integer(123456)],
  ['bulk string, 8 bytes', 500, (w) => w.bulkString('value123')],
  ['bulk string, 32 bytes', 500, (w) => w.bulkString(pairs)],
  ['bulk string, 1 KiB', 50, (w) => w.bulkString('x'.repeat(1024))],
  ['null', 500, (w) => w.null()],
  [
    'array of 10 bulk strings of 10 bytes',
    100,
    (w) => {
      w.array(10);
      for (let i = 0; i < 10; i++) w.bulkString(`element:${10 + i}`);
    },
  ],
  [
    'array of 100 integers',
    20,
    (w) => {
      w.array(100);
      for (let i = 0; i < 100; i++) w.integer(i * 31);
    },
  ],
];
for (const [title, count, write] of cases) measure(`decode ${title}`, contestants(stream(count, write), count), 5);
measure(
  'decode bulk, 32 bytes, as buffer',
  contestants(
    stream(500, (w) => w.bulkString(pairs)),
    500,
    true,
  ),
  5,
);

{
  const value = 'v'.repeat(32);
  const encoders = [
    {
      name: '@nanoredis/resp-codec',
      operations: 1,
      run: () => (seen += encodeCommand(['SET', 'key:000000000001', value]).length),
    },
  ];
  if (clientEncoder) {
    const encode = clientEncoder.default;
    encoders.push({
      name: '@redis/client encoder (strings, not joined)',
      operations: 1,
      run: () => (seen += encode(['SET', 'key:000000000001', value]).length),
    });
    encoders.push({
      name: '@redis/client encoder (joined)',
      operations: 1,
      run: () => (seen += Buffer.from(encode(['SET', 'key:000000000001', value]).join('')).length),
    });
  }
  measure('encode SET', encoders, 5);
}
