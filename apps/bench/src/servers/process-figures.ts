import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc; USER_HZ is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** CPU time of all threads of a process, in milliseconds. */
export interface CpuTime {
  readonly userMs: number;
  readonly systemMs: number;
}

/**
 * The CPU time of all threads from the text of /proc/PID/stat (proc(5), fields 14 and 15). The name of the program may contain
 * blanks and parentheses, so fields are counted from the last parenthesis.
 *
 * @throws Error when the text has another form.
 */
export function parseCpuTime(stat: string): CpuTime {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const userMs = (Number(fields[11]) * 1000) / TICKS_PER_SECOND;
  const systemMs = (Number(fields[12]) * 1000) / TICKS_PER_SECOND;
  if (!Number.isFinite(userMs + systemMs)) throw new Error(`not the text of /proc/PID/stat: ${stat}`);
  return { userMs, systemMs };
}

/**
 * The CPU time that the living threads of a process have used so far, in milliseconds. It comes from the scheduler (schedstat), which is
 * exact where /proc/PID/stat has steps of 10 ms.
 */
export function scheduledMsOf(pid: number): number {
  const accounts = readdirSync(`/proc/${pid}/task`).map((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'),
  );
  return accounts.reduce((sum, account) => sum + Number.parseInt(account, 10), 0) / 1e6;
}

/**
 * Resident bytes from the text of /proc/PID/status.
 *
 * @throws Error when it has no VmRSS.
 */
export function parseResidentBytes(status: string): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(status);
  if (match === null) throw new Error('no VmRSS in the text of /proc/PID/status');
  return Number(match[1]) * 1024;
}

/** The CPU time that a living process has used so far, in steps of 10 ms. */
export function cpuTimeOf(pid: number): CpuTime {
  return parseCpuTime(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

/** Resident bytes of a living process. */
export function residentBytesOf(pid: number): number {
  return parseResidentBytes(readFileSync(`/proc/${pid}/status`, 'utf8'));
}
