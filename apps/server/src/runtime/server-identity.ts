import type { Random } from './random';

/** The IDs of one run of a server. */
export class ServerIdentity {
  /** 40 hexadecimal digits that identify this run. */
  readonly runId: string;
  readonly #random: Random;
  #replicationId: string;

  constructor(random: Random) {
    this.#random = random;
    this.runId = newId(random);
    this.#replicationId = newId(random);
  }

  /** 40 hexadecimal digits that identify the history of the data. */
  get replicationId(): string {
    return this.#replicationId;
  }

  /** DEBUG CHANGE-REPL-ID: a new history of the data begins. */
  changeReplicationId(): void {
    this.#replicationId = newId(this.#random);
  }
}

/** 40 random hexadecimal digits. */
function newId(random: Random): string {
  let id = '';
  while (id.length < 40) id += random.nextUint32().toString(16).padStart(8, '0');
  return id;
}
