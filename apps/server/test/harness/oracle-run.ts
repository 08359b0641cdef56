import { describeDataset } from './dataset';
import { repliesAgree } from './normalise';
import { CLOSED_MARK, RawClient, SILENCE_MARK } from './raw-client';
import type { ComparedServer } from './real-server';
import { decodeFrame, escapeBytes, type ReplyTree } from './reply-frame';
import { expandSteps, type Step, type StepLike, toStep } from './steps';
import type { Exchange } from './suspicion';

/** Which protocol the clients of a run speak. */
export type Protocol = 2 | 3;

function flatText(tree: ReplyTree): string {
  return tree.items === null ? (tree.text ?? '') : tree.items.map(flatText).join('\n');
}

/** One server of a comparison with the connections of the case that runs. */
export class Side {
  readonly server: ComparedServer;
  #admin: RawClient;
  readonly #clients = new Map<string, RawClient>();
  readonly #changedParameters = new Map<string, string>();
  #expiresActively = true;
  #seen: string[] = [];

  private constructor(server: ComparedServer, admin: RawClient) {
    this.server = server;
    this.#admin = admin;
  }

  /** Connects the side's own connection, which prepares and inspects. */
  static async open(server: ComparedServer): Promise<Side> {
    return new Side(server, await RawClient.open(server.address));
  }

  /** Empties the server and forgets the clients of the case before. */
  async begin(): Promise<void> {
    this.#seen = [];
    if (this.#admin.socket.destroyed) this.#admin = await RawClient.open(this.server.address);
    await this.#admin.pipeline([['CLIENT', 'UNPAUSE'], ['FLUSHALL']]);
  }

  /** Puts back what the case configured and closes its clients. */
  async finish(): Promise<void> {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
    for (const [parameter, value] of this.#changedParameters)
      await this.#admin.call(['CONFIG', 'SET', parameter, value]);
    this.#changedParameters.clear();
    if (!this.#expiresActively) await this.#admin.call('DEBUG SET-ACTIVE-EXPIRE 1');
    this.#expiresActively = true;
  }

  /** The connection of that name, made and switched to the protocol when it comes up first. */
  async client(name: string, protocol: Protocol): Promise<RawClient> {
    let client = this.#clients.get(name);
    if (client === undefined) {
      client = await RawClient.open(this.server.address);
      this.#clients.set(name, client);
      if (protocol === 3) await client.call('HELLO 3');
    }
    return client;
  }

  /** Does one step; resolves to the bytes that came back. */
  async take(step: Step, protocol: Protocol): Promise<Buffer> {
    await this.#rememberParameters(step);
    if (/^debug set-active-expire 0/i.test(step.label)) this.#expiresActively = false;
    const reply = await this.#exchange(step, protocol);
    const isMark = step.read === 'rest' || reply === CLOSED_MARK || reply === SILENCE_MARK || reply.length === 0;
    this.#seen.push(isMark ? '' : flatText(decodeFrame(reply)));
    return reply;
  }

  async #exchange(step: Step, protocol: Protocol): Promise<Buffer> {
    if (step.read === 'pause') {
      await new Promise((resolve) => setTimeout(resolve, step.milliseconds));
      return Buffer.alloc(0);
    }
    const client = await this.client(step.client, protocol);
    if (step.read === 'end') {
      client.close();
      this.#clients.delete(step.client);
      return Buffer.alloc(0);
    }
    if (step.read === 'silence') return client.next(step.milliseconds);
    if (step.read === 'rest') {
      const { bytes, closed } = await client.drain(10_000);
      return Buffer.concat([bytes, closed ? CLOSED_MARK : SILENCE_MARK]);
    }
    if (step.read === 'until') return this.#repeat(client, step);
    if (step.read === 'scan') return this.#followCursor(client, step);
    if (step.send !== null) client.write(step.send(this.#seen));
    return step.read === 'nothing' ? Buffer.alloc(0) : client.next();
  }

  async #repeat(client: RawClient, step: Step): Promise<Buffer> {
    const deadline = performance.now() + 10_000;
    for (;;) {
      client.write(step.send!(this.#seen));
      const reply = await client.next();
      if (reply.includes(step.awaited) || performance.now() > deadline) return reply;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async #followCursor(client: RawClient, step: Step): Promise<Buffer> {
    const [, command = '', options = ''] = /^(.+) until 0 ?(.*)$/.exec(step.label) ?? [];
    const stride = /^[hz]scan/i.test(command) ? 2 : 1;
    const found = new Set<string>();
    let cursor = '0';
    do {
      const reply = decodeFrame(await client.call(`${command} ${cursor} ${options}`));
      if (reply.items === null) return Buffer.from(`-${reply.text}\r\n`, 'latin1');
      cursor = reply.items[0]!.text!;
      const texts = reply.items[1]!.items!.map((item) => item.text!);
      for (let i = 0; i < texts.length; i += stride) found.add(texts.slice(i, i + stride).join('='));
    } while (cursor !== '0');
    return Buffer.from(`+${[...found].sort().join(' ')}\r\n`, 'latin1');
  }

  async #rememberParameters(step: Step): Promise<void> {
    for (const parameter of step.configures) {
      if (this.#changedParameters.has(parameter)) continue;
      const pair = decodeFrame(await this.#admin.call(['CONFIG', 'GET', parameter])).items;
      if (pair?.[1]?.text != null) this.#changedParameters.set(parameter, pair[1].text);
    }
  }

  /** Everything in the databases of this server. */
  describeDataset(): Promise<string[]> {
    return describeDataset(this.#admin);
  }

  /** Closes all connections; the server goes on. */
  async close(): Promise<void> {
    await this.finish();
    this.#admin.close();
  }
}

/** The two servers that every case runs against. */
export interface Comparison {
  oracle: Side;
  subject: Side;
}

/**
 * Runs the steps on both servers from empty databases and compares reply by reply, then the data. Resolves to the first
 * difference in words, or null when there is none; what the oracle answered is added to `exchanges`.
 */
export async function findDifference(
  { oracle, subject }: Comparison,
  likes: readonly StepLike[],
  protocol: Protocol,
  exchanges: Exchange[] = [],
): Promise<string | null> {
  await Promise.all([oracle.begin(), subject.begin()]);
  try {
    for (const [index, like] of expandSteps(likes).entries()) {
      const step = toStep(like);
      const [expected, actual] = await Promise.all([oracle.take(step, protocol), subject.take(step, protocol)]);
      exchanges.push({ step, reply: expected });
      const where = `step ${index + 1} (RESP${protocol}${step.client === 'main' ? '' : `, client ${step.client}`}): ${step.label}`;
      const both = `${where}\n  ${oracle.server.name}: ${escapeBytes(expected)}\n  ${subject.server.name}: ${escapeBytes(actual)}`;
      const quiet = expected === SILENCE_MARK;
      if (quiet !== (step.read === 'silence') && (quiet || step.read === 'silence'))
        return `unexpected on the oracle itself, ${both}`;
      if (!repliesAgree(expected, actual, step.comparison)) return both;
    }
    const [expected, actual] = await Promise.all([oracle.describeDataset(), subject.describeDataset()]);
    const missing = expected.filter((line) => !actual.includes(line));
    const surplus = actual.filter((line) => !expected.includes(line));
    if (missing.length === 0 && surplus.length === 0) return null;
    const lines = [
      ...missing.map((line) => `  ${oracle.server.name}: ${line}`),
      ...surplus.map((line) => `  ${subject.server.name}: ${line}`),
    ];
    return `the data differ afterwards (RESP${protocol})\n${lines.join('\n')}`;
  } finally {
    await Promise.all([oracle.finish(), subject.finish()]);
  }
}
