import type { Definition } from '../../command/define-command';
import { psubscribe } from './psubscribe';
import { publish } from './publish';
import { pubsub } from './pubsub';
import { punsubscribe } from './punsubscribe';
import { spublish } from './spublish';
import { ssubscribe } from './ssubscribe';
import { subscribe } from './subscribe';
import { sunsubscribe } from './sunsubscribe';
import { unsubscribe } from './unsubscribe';

/** Pub/sub: messages to the subscribers of channels and patterns. */
export const pubSubCommands: readonly Definition[] = [
  publish,
  spublish,
  subscribe,
  unsubscribe,
  psubscribe,
  punsubscribe,
  ssubscribe,
  sunsubscribe,
  pubsub,
];
