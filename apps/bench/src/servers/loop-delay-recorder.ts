import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into our daemon before its own code (`node --import`): records how late the timers of its event loop come, and
 * answers every message of the parent process with the longest delay since the last one, in milliseconds. The daemon's own
 * loop is a guest of Node's, so whatever keeps it from turning keeps the timers waiting.
 */
const RESOLUTION_MS = 1;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

delays.enable();
process.on('message', () => {
  // The histogram counts the time between two timers, of which a millisecond is meant to pass. Without a sample its maximum is 0.
  process.send?.(Math.max(0, delays.max / 1e6 - RESOLUTION_MS));
  delays.reset();
});
// Who only answers keeps no process alive.
process.channel?.unref();
