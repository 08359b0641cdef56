import { closeSync, fchmodSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { Configuration } from './configuration';
import { rewriteText } from './rewrite';
import { systemErrorText } from './system-error-text';

/**
 * CONFIG REWRITE: updates the file that the server was started with. The file is replaced atomically (temporary file in the
 * same directory, fsync, rename), so a failure leaves it unchanged.
 *
 * @returns null, or the error reply without its `ERR `
 */
export function rewriteConfigFile(config: Configuration): string | null {
  if (config.file === null) {
    return 'The server is running without a config file';
  }
  try {
    replaceFile(config.file, rewriteText(readIfExists(config.file), config));
    return null;
  } catch (error) {
    return `Rewriting config file: ${systemErrorText(error)}`;
  }
}

function readIfExists(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return '';
    }
    throw error;
  }
}

function replaceFile(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.${process.hrtime.bigint()}`;
  const file = openSync(temporary, 'wx', 0o600);
  try {
    try {
      writeAll(file, Buffer.from(text));
      fsyncSync(file);
      fchmodSync(file, 0o644 & ~process.umask());
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    written += writeSync(file, bytes, written);
  }
}
