import { Connection } from '@nanoredis/event-loop';
import { MAX_PREFETCHED_KEYS } from '@nanoredis/intrusive-ds';
import { encodeCommand, RequestLimits } from '@nanoredis/resp-codec';
import { NetworkClients } from './clients/network-clients';
import { commands } from './commands';
import { Configuration } from './config';
import { Instance } from './instance';
import { SystemClock } from './runtime/clock';
import { silentLog } from './runtime/log';
import { SystemRandom } from './runtime/random';

/** Time after which a slice begins no further window, in milliseconds; a window is some 30 commands. */
const SLICE_MS = 0.5;

/** More keys than the 16 384 buckets of one chunk of a hash table, because look-ups in further chunks take another path. */
const KEYS = 18_000;

/** Number of batches of new keys per run of the less common requests. */
const BATCHES_PER_RARE_RUN = 8;

/** Bytes of a window that ends in the middle of a request. */
const CUT_BYTES = 500;

const KEY = 'warm-up:00000';
const KEY_DIGITS = 5;

/** A connection without a client, which discards replies. */
class WarmUpConnection extends Connection {
  readonly fd = -1;
  readonly queuedBytes = 0;
  readonly isOpen = true;
  readonly #output = Buffer.allocUnsafeSlow(64 * 1024);

  constructor() {
    super(1, { isUnix: true, remoteAddress: '', remotePort: 0, localAddress: '', localPort: 0 });
  }

  reserve(): void {
    this.spaceBytes = this.#output;
    this.spaceStart = 0;
    this.spaceEnd = this.#output.length;
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

/** One command repeated as a pipeline from a socket, with a key that is numbered in place. */
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

/** The input of a busy client, window by window: the most common commands, on all of their code paths. */
function* windows(): Generator<Buffer> {
  const value = 'v'.repeat(32);
  const set = new Pipeline(MAX_PREFETCHED_KEYS, ['SET', KEY, value]);
  const setLonger = new Pipeline(MAX_PREFETCHED_KEYS / 2, ['SET', KEY, value.repeat(3)]);
  const get = new Pipeline(MAX_PREFETCHED_KEYS, ['GET', KEY]);
  const del = new Pipeline(MAX_PREFETCHED_KEYS / 4, ['DEL', KEY]);
  const setOne = new Pipeline(1, ['SET', KEY, value]);
  const getOne = new Pipeline(1, ['GET', KEY]);
  for (let batch = 0; batch * MAX_PREFETCHED_KEYS < KEYS; batch++) {
    const first = batch * MAX_PREFETCHED_KEYS;
    yield set.from(first);
    if (batch % 2 === 0) yield get.from(Math.floor(first / 2));
    if (batch % BATCHES_PER_RARE_RUN !== 0) continue;
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
 * Serves a simulated client with simulated data, so that V8 compiles the code path of requests before the first load. Cold, a
 * thousand SETs in one batch take 12 ms, and all other clients wait for them. The warm-up runs in slices between iterations of
 * the loop, takes a fifth of a second, and leaves no data behind. Resolves at its end, or when `mayContinue` returns false
 * because clients have begun to send load, which warms up the code as well.
 */
export async function warmUp(mayContinue: () => boolean): Promise<void> {
  const instance = new Instance({
    config: new Configuration(),
    clock: new SystemClock(),
    random: new SystemRandom(),
    log: silentLog,
    definitions: commands,
    shutdown: () => {},
  });
  const clients = new NetworkClients(instance, new RequestLimits());
  const connection = new WarmUpConnection();
  clients.onOpen(connection);
  let sliceEndMs = 0;
  for (const window of windows()) {
    if (performance.now() >= sliceEndMs) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!mayContinue()) break;
      sliceEndMs = performance.now() + SLICE_MS;
    }
    clients.onData(connection, window, 0, window.length);
    clients.onBatch();
  }
  clients.onClose(connection);
  instance.stop();
}
