import { ConfigError } from '../config/config-error';
import type { Configuration } from '../config/configuration';
import type { Log } from '../runtime/log';

/** Descriptors kept free besides those that are open at the start: for listeners, files, and connections that are refused. */
const RESERVED_DESCRIPTORS = 16;

/** What the process may open, and has opened. */
export interface DescriptorFigures {
  readonly limit: number;
  readonly open: number;
}

/**
 * Keeps `maxclients` within what the process may open, so that a surplus client gets an error instead of no answer: lowers it
 * now, with a warning, and refuses higher values of CONFIG SET. As adjustOpenFilesLimit of redis-server.
 * @throws ConfigError when not one client can be served.
 */
export function limitClientsByDescriptors(config: Configuration, log: Log, { limit, open }: DescriptorFigures): void {
  const reserved = open + RESERVED_DESCRIPTORS;
  const capacity = limit - reserved;
  const warn = (): void => {
    const wanted = config.values.maxclients;
    log.write(
      'warning',
      `You requested maxclients of ${wanted} requiring at least ${wanted + reserved} max file descriptors. Current ` +
        `maximum open files is ${limit}. maxclients has been reduced to ${capacity} to compensate for low ulimit. If ` +
        "you need higher maxclients increase 'ulimit -n'.",
    );
  };
  if (capacity < 1) {
    throw new ConfigError(
      `Your current 'ulimit -n' of ${limit} is not enough for the server to start. Please increase your open file ` +
        `limit to at least ${config.values.maxclients + reserved}. Exiting.`,
      null,
    );
  }
  if (config.values.maxclients > capacity) {
    warn();
    config.assign({ maxclients: capacity });
  }
  config.onApply(['maxclients'], () => {
    if (config.values.maxclients <= capacity) return null;
    return `The operating system is not able to handle the specified number of clients, try with ${capacity}`;
  });
}
