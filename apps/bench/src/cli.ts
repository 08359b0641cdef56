import { CommanderError } from 'commander';
import { nanoredisBench } from './command-line';

// Servers and loads are killed when this process exits; see endWithThisProcess.
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(exitCode));
}

nanoredisBench()
  .parseAsync()
  .catch((error: unknown) => {
    // commander has already printed its own errors.
    if (!(error instanceof CommanderError)) console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
  });
