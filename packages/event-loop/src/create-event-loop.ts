import type { EventLoop, EventLoopOptions } from './event-loop';
import { LibuvLoop } from './libuv/libuv-loop';

/** Makes an event loop. */
export function createEventLoop(options: EventLoopOptions = {}): EventLoop {
  return new LibuvLoop('asked for', options);
}
