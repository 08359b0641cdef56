/**
 * The cost of parsing a request, by pipeline depth and by the position at which a window ends.
 *   npm run bench:packages -- resp-codec/parser
 */
import { encodeCommand, PARSED, Request, RequestLimits, RequestParser } from '@nanoredis/resp-codec';
import { compare } from '../../harness/compare';

class ServerRequest extends Request {
  key = 0;
}

const value = 'v'.repeat(32);
const key = (i: number): string => `key:${String(i).padStart(12, '0')}`;
const get = (i: number): Uint8Array => encodeCommand(['GET', key(i)]);
const set = (i: number): Uint8Array => encodeCommand(['SET', key(i), value]);
const request = new ServerRequest();
const limits = new RequestLimits();

function windows(make: (i: number) => Uint8Array, pipeline: number, cut: number) {
  const stream = Buffer.concat(Array.from({ length: pipeline }, (_, i) => make(i)));
  const parser = new RequestParser(request, limits);
  let sum = 0;
  return {
    operations: pipeline,
    isRepeatable: true,
    run() {
      const places = cut === 0 ? [0, stream.length] : [0, stream.length - cut, stream.length];
      for (let i = 1; i < places.length; i++) {
        parser.feed(stream, places[i - 1]!, places[i]!);
        while (parser.next() === PARSED) sum += request.count + request.spans[3]!;
      }
      if (sum < 0) throw new Error('unreachable');
    },
  };
}

compare('RequestParser: one request', [
  { name: 'GET, pipeline 1', ...windows(get, 1, 0) },
  { name: 'GET, pipeline 16', ...windows(get, 16, 0) },
  { name: 'GET, pipeline 64', ...windows(get, 64, 0) },
  { name: 'SET, pipeline 16', ...windows(set, 16, 0) },
  { name: 'SET, pipeline 64', ...windows(set, 64, 0) },
  { name: 'SET, pipeline 64, last one cut', ...windows(set, 64, 30) },
  { name: 'SET, every one cut', ...windows(set, 1, 30) },
  { name: 'PING inline, pipeline 16', ...windows(() => Buffer.from('PING\r\n'), 16, 0) },
]);

{
  const parser = new RequestParser(request, limits);
  const bytes = encodeCommand(['SET', 'key', Buffer.alloc(100 * 1024 * 1024, 'v')]);
  let highest = 0;
  const before = process.hrtime.bigint();
  for (let at = 0; at < bytes.length; at += 16384) {
    parser.feed(bytes, at, Math.min(bytes.length, at + 16384));
    parser.next();
    highest = Math.max(highest, parser.allocatedBytes);
  }
  const ms = Number(process.hrtime.bigint() - before) / 1e6;
  console.log(
    `\nSET of 100 MiB in windows of 16 KiB: ${ms.toFixed(0)} ms, ${(highest / 2 ** 20).toFixed(1)} MiB held at most`,
  );
}
