/**
 * For each public entry one small real use. A sample runs in the consumer's project, once on the ESM and once on the
 * CommonJS namespace, so it may use nothing but its two arguments.
 *
 * @type {Record<string, (entry: Record<string, any>, assert: typeof import('node:assert')) => void | Promise<void>>}
 */
export const samples = {};
