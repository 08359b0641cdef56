import { Connection } from '@nanoredis/event-loop';
import { MOST_FORESEEN } from '@nanoredis/intrusive-ds';
import { encodeCommand, RequestLimits } from '@nanoredis/resp-codec';
import { NetworkClients } from './clients/network-clients';
import { commands } from './commands';
import { Configuration } from './config';
import { Instance } from './instance';
import { SystemClock } from './runtime/clock';
import { silentLog } from './runtime/log';
import { SeededRandom } from './runtime/random';

/** After this time a slice takes no further window, in milliseconds; a window is some 30 commands. */
const SLICE_MS = 0.5;

/** More than the 16 384 buckets that fit into one chunk of a hash table, since what lies beyond is another way through it. */
const KEYS = 18_000;

/** Batches of new keys between two plays of the rarer scenes. */
const RARELY = 8;

/** Bytes of a window that ends in the middle of a request. */
const CUT_BYTES = 500;

const KEY = 'rehearsal:00000';
const KEY_DIGITS = 5;

/** Takes replies, and has no client behind it. */
class RehearsalConnection extends Connection {
  readonly fd = -1;
  readonly queuedBytes = 0;
  readonly isOpen = true;
  readonly #room = Buffer.allocUnsafeSlow(64 * 1024);

  constructor() {
    super(1, { isUnix: true, remoteAddress: '', remotePort: 0, localAddress: '', localPort: 0 });
  }

  reserve(): void {
    this.roomBytes = this.#room;
    this.roomStart = 0;
    this.roomEnd = this.#room.length;
  }

  commit(): void {}
  write(): void {}
  writeShared(): void {}
  pauseReading(): void {}
  resumeReading(): void {}
  end(): void {}
  destroy(): void {}
  setKeepAlive(): void {}
}

/** One command many times over as it comes from a socket, with a key that is numbered in place. */
class Pipeline {
  readonly #bytes: Buffer;
  readonly #commandBytes: number;
  readonly #keyEnd: number;

  constructor(count: number, command: readonly string[]) {
    const encoded = encodeCommand(command);
    this.#bytes = Buffer.concat(Array<Buffer>(count).fill(encoded));
    this.#commandBytes = encoded.length;
    this.#keyEnd = encoded.indexOf(KEY) + KEY.length;
  }

  /** The bytes with the keys from `first` on; valid until the next call. */
  from(first: number): Buffer {
    const bytes = this.#bytes;
    for (let at = this.#keyEnd, key = first; at < bytes.length; at += this.#commandBytes, key++) {
      for (let digit = 1, rest = key; digit <= KEY_DIGITS; digit++, rest = Math.floor(rest / 10)) {
        bytes[at - digit] = 0x30 + (rest % 10);
      }
    }
    return bytes;
  }
}

/** Input as a busy client sends it, window by window: what most clients do most of the time, by every way that it can take. */
function* script(): Generator<Buffer> {
  const value = 'v'.repeat(32);
  const set = new Pipeline(MOST_FORESEEN, ['SET', KEY, value]);
  const setLonger = new Pipeline(MOST_FORESEEN / 2, ['SET', KEY, value.repeat(3)]);
  const get = new Pipeline(MOST_FORESEEN, ['GET', KEY]);
  const del = new Pipeline(MOST_FORESEEN / 4, ['DEL', KEY]);
  const setOne = new Pipeline(1, ['SET', KEY, value]);
  const getOne = new Pipeline(1, ['GET', KEY]);
  for (let batch = 0; batch * MOST_FORESEEN < KEYS; batch++) {
    const first = batch * MOST_FORESEEN;
    yield set.from(first);
    if (batch % 2 === 0) yield get.from(Math.floor(first / 2));
    if (batch % RARELY !== 0) continue;
    yield setLonger.from(first);
    yield set.from(first);
    yield del.from(first);
    yield get.from(first);
    yield set.from(first);
    yield getOne.from(first);
    yield setOne.from(first);
    const cut = set.from(first);
    for (let start = 0; start < cut.length; start += CUT_BYTES) yield cut.subarray(start, start + CUT_BYTES);
  }
}

/**
 * Serves an invented client with invented data, so that V8 has compiled the way of a request, with all its turnings, before
 * the first real load comes: cold, a thousand SETs in one batch take 12 ms, and everybody behind them waits. It goes in
 * slices between which the loop has its turns, takes a fifth of a second, and leaves no data behind. Resolves at its end,
 * or when `isWanted` says that there is a real load, which serves as well.
 */
export async function rehearse(isWanted: () => boolean): Promise<void> {
  const instance = new Instance({
    config: new Configuration(),
    clock: new SystemClock(),
    random: new SeededRandom(SeededRandom.freshSeed()),
    log: silentLog,
    definitions: commands,
    shutdown: () => {},
  });
  const clients = new NetworkClients(instance, new RequestLimits());
  const connection = new RehearsalConnection();
  clients.onOpen(connection);
  let sliceEndMs = 0;
  for (const window of script()) {
    if (performance.now() >= sliceEndMs) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!isWanted()) break;
      sliceEndMs = performance.now() + SLICE_MS;
    }
    clients.onData(connection, window, 0, window.length);
    clients.onBatch();
  }
  clients.onClose(connection);
  instance.stop();
}
