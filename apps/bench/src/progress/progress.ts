import { createLogUpdate } from 'log-update';
import prettyMilliseconds from 'pretty-ms';
import { TimeLeft } from './time-left';

const BAR_WIDTH = 24;

/** Where progress is written. It is stderr by default, so that stdout has only the results. */
export interface ProgressOutput extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
}

/** Shows how far a run is: one line that changes on a terminal, a line for each finished step elsewhere. */
export class Progress {
  readonly #output: ProgressOutput;
  readonly #time: TimeLeft;
  /** The line that changes; null where there is no terminal. */
  readonly #live: ReturnType<typeof createLogUpdate> | null;
  #step = '';
  #detail = '';

  /** @param plannedSeconds an estimate for the whole run. */
  constructor(
    plannedSeconds: number,
    output: ProgressOutput = process.stderr,
    nowMs: () => number = () => performance.now(),
  ) {
    this.#output = output;
    this.#time = new TimeLeft(plannedSeconds, nowMs);
    this.#live = output.isTTY === true ? createLogUpdate(output as NodeJS.WriteStream) : null;
  }

  /** Shows the current step of the plan and a detail of it. */
  show(step: string, detail: string): void {
    this.#step = step;
    this.#detail = detail;
    this.#live?.(this.#line());
  }

  /** Finishes the current step, which was planned to take so many seconds. */
  complete(plannedSeconds: number): void {
    this.#time.complete(plannedSeconds);
    if (this.#live !== null) this.#live(this.#line());
    else this.#output.write(`${this.#line()}\n`);
  }

  /** Prints a line that stays. */
  say(line: string): void {
    this.#live?.clear();
    this.#output.write(`${line}\n`);
    if (this.#step !== '') this.#live?.(this.#line());
  }

  /** Removes the line that changes. */
  close(): void {
    this.#live?.clear();
    this.#live?.done();
  }

  #line(): string {
    const { share, leftMs } = this.#time;
    const percent = `${Math.floor(share * 100)}%`.padStart(4);
    const left = `${prettyMilliseconds(Math.round(leftMs / 1000) * 1000)} left`;
    if (this.#live === null) return `${percent}, ${left}: done with ${this.#step}`;
    const full = Math.round(share * BAR_WIDTH);
    return `${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}${percent}  ${left}  ${this.#step}: ${this.#detail}`;
  }
}
