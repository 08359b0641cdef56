import { readFileSync } from 'node:fs';

/**
 * Ends the process with one line when the running Node is older than `engines.node` of the root package.json. This module uses
 * only syntax that old versions of Node parse, because they load it.
 */
export function requireSupportedNode() {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const required = manifest.engines.node.replace('>=', '').split('.').map(Number);
  const running = process.versions.node.split('.').map(Number);
  const isOlder = running[0] < required[0] || (running[0] === required[0] && running[1] < required[1]);
  if (isOlder) {
    console.error(`NanoRedis needs Node ${manifest.engines.node}; this is Node ${process.versions.node}.`);
    process.exit(1);
  }
}
