import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A SHA-256 over the names and contents of files, in hex. O(bytes). Content, not modification times: a checkout that
 * brings back the same bytes is not a change.
 *
 * @param {string} root What the paths are relative to.
 * @param {readonly string[]} paths Files, or folders that are taken with everything in them; what doesn't exist counts as absent.
 * @param {(path: string) => boolean} [isCounted] Called with each file's relative path; every file counts when left out.
 */
export function fingerprint(root, paths, isCounted = () => true) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((each) => filesUnder(root, each)).sort()) {
    if (!isCounted(path)) continue;
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(root, path) {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return [path];
  return readdirSync(absolute).flatMap((name) => filesUnder(root, `${path}/${name}`));
}

/**
 * Whether a step was done before with exactly this fingerprint.
 *
 * @param {string} stampPath
 * @param {string} expected
 */
export function isStamped(stampPath, expected) {
  return existsSync(stampPath) && readFileSync(stampPath, 'utf8') === expected;
}

/**
 * Notes that a step has been done with this fingerprint.
 *
 * @param {string} stampPath
 * @param {string} value
 */
export function stamp(stampPath, value) {
  mkdirSync(dirname(stampPath), { recursive: true });
  writeFileSync(stampPath, value);
}
