import { readFileSync } from 'node:fs';

/** Clock ticks a second in /proc; USER_HZ is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * User and system CPU time of all threads, in milliseconds, from the text of /proc/PID/stat (proc(5), fields 14 and 15).
 * The name of the program may hold blanks and parentheses, so fields are counted from the last one. Throws when the text
 * is none of the kind.
 */
export function parseCpuMs(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  if (!Number.isFinite(ticks)) throw new Error(`not the text of /proc/PID/stat: ${stat}`);
  return (ticks * 1000) / TICKS_PER_SECOND;
}

/** Resident bytes from the text of /proc/PID/status. Throws when it has no VmRSS. */
export function parseResidentBytes(status: string): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(status);
  if (match === null) throw new Error('no VmRSS in the text of /proc/PID/status');
  return Number(match[1]) * 1024;
}

/** User and system CPU time that a living process has used so far, in milliseconds, in steps of 10. */
export function cpuMsOf(pid: number): number {
  return parseCpuMs(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

/** Resident bytes of a living process. */
export function residentBytesOf(pid: number): number {
  return parseResidentBytes(readFileSync(`/proc/${pid}/status`, 'utf8'));
}
