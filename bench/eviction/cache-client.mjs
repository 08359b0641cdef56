import { connect } from 'node:net';

const DIGITS = 12;
const ZERO = 0x30;
const MINUS = 0x2d;
const DOLLAR = 0x24;
const VALUE = 'v'.repeat(32);
/** Bytes of a reply with a value, and of one without. */
const VALUE_REPLY_BYTES = `$${VALUE.length}\r\n${VALUE}\r\n`.length;
const NULL_REPLY_BYTES = '$-1\r\n'.length;
const OK_REPLY_BYTES = '+OK\r\n'.length;

/** A command whose key is a number of twelve digits, as often as a batch has room for. */
class Batch {
  #bytes;
  #length;
  #digitsAt;

  constructor(most, beginning, end) {
    const command = `${beginning}${'0'.repeat(DIGITS)}${end}`;
    this.#bytes = Buffer.from(command.repeat(most), 'latin1');
    this.#length = command.length;
    this.#digitsAt = beginning.length;
  }

  /** The commands for the keys, valid until the next call. */
  of(keys) {
    for (let i = 0; i < keys.length; i++) {
      let rest = keys[i];
      for (let at = i * this.#length + this.#digitsAt + DIGITS - 1, left = DIGITS; left > 0; at--, left--) {
        const tenth = Math.floor(rest / 10);
        this.#bytes[at] = ZERO + rest - tenth * 10;
        rest = tenth;
      }
    }
    return this.#bytes.subarray(0, keys.length * this.#length);
  }
}

/**
 * A connection that gets and sets keys by their numbers, many at once. It knows how long the replies are, so that ten million of them take no
 * longer to read than a server takes to write them.
 */
export class CacheClient {
  #socket;
  #gets;
  #sets;
  /** Whether each key of the last `get` was there. */
  #found;
  #answered = 0;
  #expected = 0;
  #rest = null;
  #resolve = () => {};
  #expectCount = null;
  #reject = () => {};

  /** @param most keys that are asked for at once at most. */
  static open({ host, port }, most) {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host, () => resolve(new CacheClient(socket, most)));
      socket.once('error', reject);
    });
  }

  constructor(socket, most) {
    this.#socket = socket.setNoDelay(true);
    this.#gets = new Batch(most, '*2\r\n$3\r\nGET\r\n$16\r\nkey:', '\r\n');
    this.#sets = new Batch(most, '*3\r\n$3\r\nSET\r\n$16\r\nkey:', `\r\n$${VALUE.length}\r\n${VALUE}\r\n`);
    this.#found = new Uint8Array(most);
    socket.on('data', (bytes) => this.#receive(bytes));
    socket.on('close', () => this.#reject(new Error('the server has closed the connection')));
  }

  /** Whether each of the keys is there: 1 or 0; valid until the next call. */
  get(keys) {
    return this.#send(this.#gets.of(keys), keys.length);
  }

  set(keys) {
    return this.#send(this.#sets.of(keys), keys.length);
  }

  /** How many keys the server holds. Asked over this connection, as another one would take room from the keys in redis-server. */
  async count() {
    const reply = await new Promise((resolve, reject) => {
      this.#expectCount = resolve;
      this.#reject = reject;
      this.#socket.write('*1\r\n$6\r\nDBSIZE\r\n');
    });
    this.#expectCount = null;
    return Number(reply.toString('latin1').match(/^:(\d+)\r\n$/)[1]);
  }

  close() {
    this.#reject = () => {};
    this.#socket.destroy();
  }

  #send(bytes, count) {
    return new Promise((resolve, reject) => {
      this.#answered = 0;
      this.#expected = count;
      this.#resolve = resolve;
      this.#reject = reject;
      this.#socket.write(bytes);
    });
  }

  #receive(received) {
    if (this.#expectCount !== null) {
      this.#expectCount(received);
      return;
    }
    const bytes = this.#rest === null ? received : Buffer.concat([this.#rest, received]);
    this.#rest = null;
    let at = 0;
    while (at < bytes.length) {
      if (bytes[at] === MINUS) this.#reject(new Error(bytes.toString('latin1', at)));
      const isBulk = bytes[at] === DOLLAR;
      // Enough bytes to tell which it is have come with the next window at the latest.
      const isFound = isBulk && bytes[at + 1] !== MINUS;
      const length = isFound ? VALUE_REPLY_BYTES : isBulk ? NULL_REPLY_BYTES : OK_REPLY_BYTES;
      if (at + length > bytes.length) break;
      this.#found[this.#answered++] = isFound ? 1 : 0;
      at += length;
    }
    if (at < bytes.length) this.#rest = bytes.subarray(at);
    if (this.#answered === this.#expected) this.#resolve(this.#found);
  }
}
