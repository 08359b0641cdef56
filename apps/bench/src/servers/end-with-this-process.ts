import type { ChildProcess } from 'node:child_process';

const living = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Kills the child when this process ends, however it ends short of SIGKILL. Returns the child. */
export function endWithThisProcess(child: ChildProcess): ChildProcess {
  living.add(child);
  return child.once('exit', () => living.delete(child));
}
