import type { Arguments } from '../request/arguments';
import type { RegisteredCommand } from './registered-command';

/** The commands of a server as COMMAND, INFO and LATENCY show them; see CommandRegistry. */
export interface CommandCatalog {
  readonly commands: readonly RegisteredCommand[];
  find(args: Arguments, first?: number): RegisteredCommand | null;
  findByName(name: string): RegisteredCommand | null;
  forEach(visit: (command: RegisteredCommand) => void): void;
  countCalls(): number;
  resetStatistics(): void;
}
