import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Glob } from '../values/glob';

/**
 * The existing paths that match an absolute path with wildcards, sorted as C's `glob` sorts them. A wildcard does not match a
 * `/` or a leading dot. (Node 20 has no `fs.globSync`.)
 */
export function expandGlob(pattern: string): string[] {
  let paths: string[] = [sep];
  for (const segment of pattern.split(sep).filter((part) => part !== '')) {
    paths = /[*?[]/.test(segment)
      ? paths.flatMap((directory) => matchingEntries(directory, segment))
      : paths.map((directory) => join(directory, segment)).filter((path) => existsSync(path));
  }
  return paths;
}

function matchingEntries(directory: string, segment: string): string[] {
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch {
    // As in glob(3), a path that is not a readable directory has no matches.
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
    .map((name) => join(directory, name));
}
