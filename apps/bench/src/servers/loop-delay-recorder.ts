import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into our daemon before its own code (`node --import`). It records how late timers fire, and answers every message of the parent
 * process with the longest delay since the last message, in milliseconds. The daemon's event loop runs inside Node's, so what blocks it
 * delays the timers.
 */
const RESOLUTION_MS = 1;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

delays.enable();
process.on('message', () => {
  // The histogram holds the times between two timers, of which one resolution is not a delay. Without a sample its maximum is 0.
  process.send?.(Math.max(0, delays.max / 1e6 - RESOLUTION_MS));
  delays.reset();
});
// The channel to the parent process must not keep the daemon alive.
process.channel?.unref();
