import { readdirSync, readFileSync } from 'node:fs';

/**
 * How many files and sockets the process may have open: the soft limit of `ulimit -n`, which Node raises to the hard limit at
 * its start. Infinity where the platform does not tell (no /proc).
 */
export function openFilesLimit(): number {
  try {
    const soft = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1];
    return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** How many files and sockets the process has open now; 0 where the platform does not tell. O(open files). */
export function openFilesCount(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}
