export { BackendUnavailableError } from './backend-unavailable-error';
export { Connection } from './connection';
export { createEventLoop } from './create-event-loop';
export type {
  Backend,
  ConnectionHandler,
  EventLoop,
  EventLoopOptions,
  Listener,
  ListenerAddress,
  ListenOptions,
  LoopStatistics,
  TcpListenOptions,
  TimeEvent,
  UnixListenOptions,
} from './event-loop';
export { SharedOutput } from './shared-output';
