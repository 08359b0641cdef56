import { requireSupportedNode } from './setup/node-version.mjs';

requireSupportedNode();
// Loaded only now: what follows is written for the Node that we support.
import('./checks/run-all.mjs').then(({ runAllChecks }) => runAllChecks());
