import { readFileSync } from 'node:fs';

/**
 * Ends the process with one clear line when the running Node is older than `engines.node` of the root package.json.
 * Kept in syntax that old Node versions parse, because it is the one module that they get to see.
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
