import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { banner, USAGE, versionLine } from './banner';
import { ListenError } from './clients/listeners';
import { ConfigError, Configuration, loadCommandLine, parseCommandLine } from './config';
import { SystemClock } from './runtime/clock';
import { tuneEngine } from './runtime/engine';
import { LineLog, type LogLevel } from './runtime/log';
import { SystemRandom } from './runtime/random';
import { Server } from './server';
import { warmUp } from './warm-up';

/** More input than health checks and handshakes send: clients have begun to send load. */
const LOAD_BYTES = 64 * 1024;

const WARM_UP_DELAY_MS = 50;

/** The daemon. No other file reads arguments, handles signals or exits. */
async function main(): Promise<void> {
  ignoreSignals();
  const commandLine = parseCommandLine(process.argv.slice(2));
  if (commandLine.action === 'version') return void process.stdout.write(`${versionLine()}\n`);
  if (commandLine.action === 'help') return void process.stdout.write(USAGE);

  tuneEngine();
  const config = new Configuration();
  loadCommandLine(config, commandLine);
  if (config.values.port === 0 && config.values.unixsocket === '') {
    throw new ConfigError('Configured to not listen anywhere, exiting.', null);
  }
  process.chdir(config.values.dir);
  const log = new LineLog((line) => writeLog(config.values.logfile, line));
  config.follow(['loglevel'], ({ loglevel }) => {
    log.level = loglevel as LogLevel;
  });
  const shutDown = async (): Promise<void> => {
    await server.stop();
    const { pidfile } = config.values;
    if (pidfile !== '') rmSync(pidfile, { force: true });
    log.write('warning', 'NanoRedis is now ready to exit, bye bye...');
    process.exit(0);
  };
  const server = await Server.start({
    config,
    clock: new SystemClock(),
    random: new SystemRandom(),
    log,
    anyPort: false,
    onShutdown: () => void shutDown(),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.write('warning', `Received ${signal} scheduling shutdown...`);
      void shutDown();
    });
  }
  if (config.values.pidfile !== '') writeFileSync(config.values.pidfile, `${process.pid}\n`);
  process.stdout.write(banner(server));
  for (const option of config.changedWithoutEffect()) {
    log.write('warning', `The option '${option}' has no effect yet.`);
  }
  log.write('notice', 'Ready to accept connections');
  // Clients that wait for the start get their first replies before the warm-up begins.
  await setTimeout(WARM_UP_DELAY_MS);
  await warmUp(() => server.loop.statistics.bytesRead < LOAD_BYTES);
}

/**
 * Ignores SIGHUP, as redis-server does, and SIGUSR1, on which Node starts its inspector unless a handler is installed.
 */
function ignoreSignals(): void {
  for (const signal of ['SIGHUP', 'SIGUSR1'] as const) process.on(signal, () => {});
}

function writeLog(file: string, line: string): void {
  if (file === '') process.stdout.write(line);
  else appendFileSync(file, line);
}

function isSystemError(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).syscall !== undefined;
}

main().catch((error: unknown) => {
  // An error that the user can fix is reported in one line; anything else is a bug and gets a stack trace.
  const isExpected = error instanceof ConfigError || error instanceof ListenError || isSystemError(error);
  process.stderr.write(
    `nanoredis: ${isExpected ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`,
  );
  process.exit(1);
});
