import type { MemoryFigures } from '../../../runtime/memory-figures';

/** Below this the report is not meaningful, because the process itself needs more. */
const MIN_BYTES = 5 * 2 ** 20;
const MUCH_WASTE_BYTES = 10 * 2 ** 20;
const LARGE_CLIENT_BYTES = 200 * 2 ** 10;

/** The text of MEMORY DOCTOR, in the style of redis-server. */
export function memoryReport(figures: MemoryFigures): string {
  const { used, reserved, peak, rss } = figures;
  if (used < MIN_BYTES) {
    return (
      "Hi Sam, this instance is empty or is using very little memory, my issues detector can't be used in these " +
      'conditions. Please, leave for your mission on Earth and fill it with some data. The new Sam and I will be back ' +
      'to our programming as soon as I finished rebooting.\n'
    );
  }
  const issues: string[] = [];
  if (peak / used > 1.5) {
    issues.push(
      'Peak memory: In the past this instance used more than 150% the memory that is currently using. What the data no ' +
        'longer need is used again as soon as you fill the instance with more data; MEMORY PURGE gives whole free ' +
        'segments back to the system at once.',
    );
  }
  if (reserved / used > 1.4 && reserved - used > MUCH_WASTE_BYTES) {
    issues.push(
      'High fragmentation: The arena has reserved more than 1.4 times the memory that the data use. This follows a peak, ' +
        'or many values that were replaced by ones of other sizes. MEMORY PURGE gives back what is free as a whole.',
    );
  }
  if (rss / reserved > 2 && rss - reserved > 10 * MUCH_WASTE_BYTES) {
    issues.push(
      'High total RSS: The process takes more than twice the memory of the data. The rest belongs to the JavaScript ' +
        'heap and to buffers; in an embedded server it is likely to be the memory of your own program.',
    );
  }
  if (figures.sessions > 0 && figures.clients / figures.sessions > LARGE_CLIENT_BYTES) {
    issues.push(
      'Big client buffers: The clients of this instance have more than 200K of unread replies or unfinished requests each ' +
        '(on average). Please use the CLIENT LIST command to find out which ones, and client-output-buffer-limit to ' +
        'keep them in bounds.',
    );
  }
  if (issues.length === 0) {
    return "Hi Sam, I can't find any memory issue in your instance. I can only account for what occurs on this base.\n";
  }
  return (
    'Sam, I detected a few issues in this Redis instance memory implants:\n\n' +
    `${issues.map((issue) => ` * ${issue}\n\n`).join('')}I'm here to keep you safe, Sam. I want to help you.\n`
  );
}
