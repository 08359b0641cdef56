export { loadCommandLine, parseCommandLine } from './command-line';
export { ConfigError } from './config-error';
export { ConfigLoader } from './config-loader';
export { Configuration } from './configuration';
export { rewriteConfigFile } from './rewrite-file';
