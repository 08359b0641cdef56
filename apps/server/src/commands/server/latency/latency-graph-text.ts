import type { LatencyEvent, LatencySample } from '../../../runtime/latency-monitor';

const COLUMNS = 80;
const ROWS = 4;
/** Characters of the top cell of a column: low, half or full. Cells below it are bars. */
const LEVELS = '_o#';
const BAR = '|';

/** The text of LATENCY GRAPH: a column for each spike, and vertically below it the time since then. O(samples). */
export function latencyGraphText(name: string, { samples, maxMilliseconds }: LatencyEvent, nowSeconds: number): string {
  const times = samples.map(({ milliseconds }) => milliseconds);
  const high = Math.max(...times);
  const low = Math.min(...times);
  const title = `${name} - high ${high} ms, low ${low} ms (all time high ${maxMilliseconds} ms)\n${'-'.repeat(COLUMNS)}\n`;
  const strips: string[] = [];
  for (let from = 0; from < samples.length; from += COLUMNS) {
    strips.push(strip(samples.slice(from, from + COLUMNS), low, high, nowSeconds));
  }
  return title + strips.join('\n');
}

function strip(samples: readonly LatencySample[], low: number, high: number, nowSeconds: number): string {
  const levels = ROWS * LEVELS.length;
  const range = high === low ? 1 : high - low;
  const steps = samples.map(({ milliseconds }) => {
    return Math.min(Math.floor(((milliseconds - low) * levels) / range), levels - 1);
  });
  const labels = samples.map(({ timeSeconds }) => ageLabel(nowSeconds - timeSeconds));
  const lines: string[] = [];
  for (let row = 0; row < ROWS; row++) {
    const floor = (ROWS - row - 1) * LEVELS.length;
    lines.push(steps.map((step) => cellOf(step - floor)).join(''));
  }
  lines.push(' '.repeat(samples.length));
  const longest = Math.max(...labels.map((label) => label.length));
  for (let i = 0; i < longest; i++) lines.push(labels.map((label) => label[i] ?? ' ').join(''));
  return `${lines.join('\n')}\n`;
}

/** The character of a cell in a column whose top is `height` levels above the bottom of the cell. */
function cellOf(height: number): string {
  if (height < 0) return ' ';
  return height < LEVELS.length ? LEVELS[height]! : BAR;
}

function ageLabel(seconds: number): string {
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86400)}d`;
}
