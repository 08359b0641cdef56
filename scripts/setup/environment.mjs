import { delimiter } from 'node:path';

/** The root of the repository, absolute, without a slash at the end. */
export const repositoryRoot = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');

/** What our scripts keep between runs. Git ignores it. */
export const cacheFolder = `${repositoryRoot}/node_modules/.cache/nanoredis`;

/**
 * The environment for tools. Ours come first on the PATH. pnpm, which turbo needs there, is a dependency of this workspace and not of the
 * root: `pnpm exec turbo` would find it by a relative path, which turbo can not use. No tool looks for updates or sends telemetry.
 */
export const quietEnvironment = {
  ...process.env,
  PATH: [`${repositoryRoot}/node_modules/.bin`, `${repositoryRoot}/scripts/node_modules/.bin`, process.env.PATH].join(
    delimiter,
  ),
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  npm_config_update_notifier: 'false',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
};
