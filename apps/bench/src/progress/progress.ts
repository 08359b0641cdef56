import { createLogUpdate } from 'log-update';
import prettyMilliseconds from 'pretty-ms';
import { TimeLeft } from './time-left';

const BAR_WIDTH = 24;

/** Where progress is written: stderr, so that stdout holds nothing but the results. */
export interface ProgressOutput extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
}

/** Tells how far a run is: one line that changes on a terminal, a line for each step done elsewhere. */
export class Progress {
  private readonly time: TimeLeft;
  private readonly live: ReturnType<typeof createLogUpdate> | null;
  private step = '';
  private detail = '';

  /** @param plannedSeconds how long the run takes, by estimate. */
  constructor(
    plannedSeconds: number,
    private readonly output: ProgressOutput = process.stderr,
    nowMs: () => number = () => performance.now(),
  ) {
    this.time = new TimeLeft(plannedSeconds, nowMs);
    this.live = output.isTTY === true ? createLogUpdate(output as NodeJS.WriteStream) : null;
  }

  /** What is going on now: the step of the plan, and what it is at. */
  show(step: string, detail: string): void {
    this.step = step;
    this.detail = detail;
    this.live?.(this.line());
  }

  /** A part of the plan is done. */
  complete(plannedSeconds: number): void {
    this.time.complete(plannedSeconds);
    if (this.live !== null) this.live(this.line());
    else this.output.write(`${this.line()}\n`);
  }

  /** A line that stays. */
  say(line: string): void {
    this.live?.clear();
    this.output.write(`${line}\n`);
    if (this.step !== '') this.live?.(this.line());
  }

  /** The end: the changing line goes. */
  close(): void {
    this.live?.clear();
    this.live?.done();
  }

  private line(): string {
    const { share, leftMs } = this.time;
    const percent = `${Math.floor(share * 100)}%`.padStart(4);
    const left = `${prettyMilliseconds(Math.round(leftMs / 1000) * 1000)} left`;
    if (this.live === null) return `${percent}, ${left}: done with ${this.step}`;
    const full = Math.round(share * BAR_WIDTH);
    return `${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}${percent}  ${left}  ${this.step}: ${this.detail}`;
  }
}
