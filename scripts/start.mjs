import { requireSupportedNode } from './setup/node-version.mjs';

requireSupportedNode();
// Loaded only now: what follows is written for the Node that we support.
import('./daemon.mjs').then(({ startDaemon }) => startDaemon());
