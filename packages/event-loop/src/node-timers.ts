import { performance } from 'node:perf_hooks';
import * as timers from 'node:timers';

/**
 * Node's timers and its monotonic clock as they are when this module is loaded. Fake timers of test frameworks replace the globals, the
 * exports of `node:timers` and `performance` later. A loop that used them would lose its next tick, and would never run again.
 */
export const { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } = timers;

/** Returns milliseconds of the monotonic clock, with a fraction. O(1). */
export const monotonicMs: () => number = performance.now.bind(performance);
