import { requireSupportedNode } from './setup/node-version.mjs';

requireSupportedNode();
// Imported after the check, because it is written for the versions of Node that we support.
import('./checks/run-all.mjs').then(({ runAllChecks }) => runAllChecks());
