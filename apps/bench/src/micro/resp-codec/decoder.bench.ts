/**
 * Decoding replies and encoding commands, as clients do, against redis-parser, @redis/client, json-pack and respjs.
 *   npm run bench:packages -- resp-codec/decoder
 */
import { RespStreamingDecoder } from '@jsonjoy.com/json-pack/lib/resp/RespStreamingDecoder.js';
import { DECODED, encodeCommand, ReplyDecoder, ReplyWriter } from '@nanoredis/resp-codec';
import * as clientDecoder from '@redis/client/dist/lib/RESP/decoder.js';
import clientEncoderModule from '@redis/client/dist/lib/RESP/encoder.js';
import RedisParser from 'redis-parser';
import Resp from 'respjs';
import { type Competitor, compare } from '../../harness/compare';

// The module is CommonJS, whose default export Node leaves in `default`.
const { default: clientEncoder } = clientEncoderModule as unknown as { default: typeof clientEncoderModule };
const ROUNDS = 5;
const VALUE = 'v'.repeat(32);

/** How a package receives bytes and returns replies. */
interface Decoder {
  readonly name: string;
  /** Returns a function that decodes the replies in its bytes and calls `take` with each. */
  start(take: (reply: unknown) => void): (bytes: Buffer) => void;
}

const ours: Decoder = {
  name: '@nanoredis/resp-codec',
  start(take) {
    const decoder = new ReplyDecoder();
    return (bytes) => {
      decoder.feed(bytes);
      while (decoder.next() === DECODED) take(decoder.value);
    };
  },
};
const redisParser: Decoder = {
  name: 'redis-parser',
  start(take) {
    const parser = new RedisParser({ returnReply: take, returnError: take });
    return (bytes) => parser.execute(bytes);
  },
};
const redisClient: Decoder = {
  name: '@redis/client',
  start(take) {
    const decoder = new clientDecoder.Decoder({
      onReply: take,
      onErrorReply: take,
      onPush: take,
      getTypeMapping: () => ({}),
    });
    return (bytes) => decoder.write(bytes);
  },
};
const jsonPack: Decoder = {
  name: '@jsonjoy.com/json-pack',
  start(take) {
    const decoder = new RespStreamingDecoder();
    // The others return bulk strings as strings, too.
    decoder.tryUtf8 = true;
    return (bytes) => {
      decoder.push(bytes);
      for (let reply = decoder.read(); reply !== undefined; reply = decoder.read()) take(reply);
    };
  },
};
const respjs: Decoder = {
  name: 'respjs',
  start(take) {
    const decoder = new Resp({ bufBulk: false });
    decoder.on('data', take);
    return (bytes) => decoder.write(bytes);
  },
};
const decoders = [ours, redisParser, redisClient, jsonPack, respjs];

let seen = 0;

function competitor({ name, start }: Decoder, bytes: Buffer, replies: number): Competitor {
  const decode = start((reply) => {
    seen += reply === null ? 0 : 1;
  });
  return {
    name,
    operations: replies,
    isRepeatable: true,
    run: () => decode(bytes),
    answer() {
      const answers: unknown[] = [];
      start((reply) => answers.push(reply))(bytes);
      return answers;
    },
  };
}

function stream(count: number, write: (writer: ReplyWriter, i: number) => void): Buffer {
  const writer = new ReplyWriter();
  for (let i = 0; i < count; i++) write(writer, i);
  return Buffer.from(writer.written());
}

function compareDecoders(title: string, count: number, write: (writer: ReplyWriter) => void): void {
  const bytes = stream(count, write);
  compare(
    `decode ${title}`,
    decoders.map((decoder) => competitor(decoder, bytes, count)),
    ROUNDS,
  );
}

compareDecoders('+OK', 500, (writer) => writer.ok());
compareDecoders('an integer', 500, (writer) => writer.integer(123456));
compareDecoders('a string of 8 bytes', 500, (writer) => writer.bulkString('value123'));
compareDecoders('a string of 32 bytes', 500, (writer) => writer.bulkString(VALUE));
compareDecoders('a string of 1 KiB', 50, (writer) => writer.bulkString('x'.repeat(1024)));
compareDecoders('an array of 10 strings', 100, (writer) => {
  writer.array(10);
  for (let i = 0; i < 10; i++) writer.bulkString(`element:${10 + i}`);
});
compareDecoders('an array of 100 integers', 20, (writer) => {
  writer.array(100);
  for (let i = 0; i < 100; i++) writer.integer(i * 31);
});

const command = ['SET', 'key:000000000001', VALUE];
const encoders: Record<string, () => Uint8Array> = {
  '@nanoredis/resp-codec': () => encodeCommand(command),
  '@redis/client': () => Buffer.from(clientEncoder(command).join('')),
  respjs: () => Resp.encodeRequest(command),
};
compare(
  'encode SET',
  Object.entries(encoders).map(([name, encode]) => ({
    name,
    operations: 1000,
    isRepeatable: true,
    run() {
      for (let i = 0; i < 1000; i++) seen += encode().length;
    },
    answer: () => Buffer.from(encode()).toString(),
  })),
  ROUNDS,
);
if (seen === 0) throw new Error('nothing was decoded');
