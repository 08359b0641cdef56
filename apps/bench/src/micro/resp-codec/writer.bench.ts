/**
 * The cost of writing a reply, by type and length.
 *   npm run bench:packages -- resp-codec/writer
 */
import { ReplyWriter } from '@nanoredis/resp-codec';
import { compare } from '../../harness/compare';

/** A writer as a server has it: when its buffer is full, the bytes are sent and the buffer is used again. */
class RingWriter extends ReplyWriter {
  sent = 0;

  constructor() {
    super(Buffer.allocUnsafeSlow(16384));
  }

  override overflow(): void {
    this.sent += this.position;
    this.position = 0;
  }
}

const arena = new Uint8Array(new SharedArrayBuffer(1 << 20)).fill(0x76);

function writes(write: (writer: RingWriter, i: number) => void) {
  const writer = new RingWriter();
  return {
    operations: 100,
    isRepeatable: true,
    run() {
      for (let i = 0; i < 100; i++) write(writer, i);
    },
  };
}

compare('ReplyWriter: one reply', [
  { name: 'ok', ...writes((w) => w.ok()) },
  { name: 'null', ...writes((w) => w.null()) },
  { name: 'bulk, 32 bytes', ...writes((w, i) => w.bulk(arena, 64 * i, 64 * i + 32)) },
  { name: 'bulk, 48 bytes', ...writes((w, i) => w.bulk(arena, 64 * i, 64 * i + 48)) },
  { name: 'bulk, 64 bytes', ...writes((w, i) => w.bulk(arena, 64 * i, 64 * i + 64)) },
  { name: 'bulk, 96 bytes', ...writes((w, i) => w.bulk(arena, 64 * i, 64 * i + 96)) },
  { name: 'bulk, 128 bytes', ...writes((w, i) => w.bulk(arena, 64 * i, 64 * i + 128)) },
  { name: 'bulk, 192 bytes', ...writes((w, i) => w.bulk(arena, 64 * i, 64 * i + 192)) },
  { name: 'bulk, 256 bytes', ...writes((w, i) => w.bulk(arena, 64 * i, 64 * i + 256)) },
  { name: 'bulk, 1 KiB', ...writes((w, i) => w.bulk(arena, 64 * i, 64 * i + 1024)) },
  { name: 'bulkString, 20 characters', ...writes((w) => w.bulkString('key:0123456789012345')) },
  { name: 'integer, 1 digit', ...writes((w) => w.integer(1)) },
  { name: 'integer, up to 6 digits', ...writes((w, i) => w.integer(i * 9973)) },
  { name: 'integer, 16 digits', ...writes((w, i) => w.integer(Number.MAX_SAFE_INTEGER - i)) },
  { name: 'double, 17 digits', ...writes((w, i) => w.double(i + 0.1)) },
  { name: 'double, whole number', ...writes((w, i) => w.double(i * 977)) },
]);
