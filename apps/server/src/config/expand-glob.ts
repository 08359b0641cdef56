import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Glob } from '../values/glob';

/**
 * The existing paths that an absolute path with wildcards stands for, sorted as C's `glob` sorts them. A wildcard stays within
 * its folder and does not match a leading dot. (Node 20 has no `fs.globSync`.)
 */
export function expandGlob(pattern: string): string[] {
  let paths: string[] = [sep];
  for (const segment of pattern.split(sep).filter((part) => part !== '')) {
    paths = /[*?[]/.test(segment)
      ? paths.flatMap((folder) => matchingEntries(folder, segment))
      : paths.map((folder) => join(folder, segment)).filter((path) => existsSync(path));
  }
  return paths;
}

function matchingEntries(folder: string, segment: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    // Like glob(3): what is not a readable folder has no matches.
    return [];
  }
  const pattern = Buffer.from(segment);
  const glob = new Glob(pattern, 0, pattern.length);
  return names
    .filter((name) => {
      const bytes = Buffer.from(name);
      const mayMatch = !name.startsWith('.') || segment.startsWith('.');
      return mayMatch && glob.matches(bytes, 0, bytes.length);
    })
    .sort()
    .map((name) => join(folder, name));
}
