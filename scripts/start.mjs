import { requireSupportedNode } from './setup/node-version.mjs';

requireSupportedNode();
// Imported after the check, because it is written for the versions of Node that we support.
import('./setup/become-program.mjs').then(({ becomeProgram }) =>
  becomeProgram('apps/server/dist/cli.js', ['nanoredis#build:program']),
);
