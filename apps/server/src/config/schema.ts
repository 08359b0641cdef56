import type { Option } from './option';
import { clusterOptions } from './options/cluster';
import { dataStructureOptions } from './options/data-structures';
import { generalOptions } from './options/general';
import { memoryOptions } from './options/memory';
import { networkOptions } from './options/network';
import { observabilityOptions } from './options/observability';
import { persistenceOptions } from './options/persistence';
import { replicationOptions } from './options/replication';
import { securityOptions } from './options/security';
import { tlsOptions } from './options/tls';

/** The options by section, in the order in which they are listed and appended to a rewritten file. */
export const sections = {
  network: networkOptions,
  general: generalOptions,
  security: securityOptions,
  memory: memoryOptions,
  'data structures': dataStructureOptions,
  observability: observabilityOptions,
  persistence: persistenceOptions,
  replication: replicationOptions,
  cluster: clusterOptions,
  tls: tlsOptions,
} as const;

/** Every option of NanoRedis: those of redis-server 7.0.15 and `event-loop`. A new option is a new row in its section. */
export const schema = {
  ...networkOptions,
  ...generalOptions,
  ...securityOptions,
  ...memoryOptions,
  ...dataStructureOptions,
  ...observabilityOptions,
  ...persistenceOptions,
  ...replicationOptions,
  ...clusterOptions,
  ...tlsOptions,
};

type Schema = typeof schema;

/** Name of an option (not an alias). */
export type OptionName = keyof Schema;

/** The value of every option, typed by its row. */
export type ConfigValues = {
  readonly [N in OptionName]: Schema[N] extends Option<infer T> ? T : never;
};

/** An option with its name; for code that handles all options alike. */
export interface NamedOption {
  readonly name: OptionName;
  readonly option: Option<unknown>;
}

/** All options in the order of the schema. */
export const options: readonly NamedOption[] = (Object.entries(schema) as [OptionName, Option<unknown>][]).map(
  ([name, option]) => ({ name, option }),
);

/** Lower-case names and aliases, each with its option. */
const byName = new Map<string, NamedOption>();
for (const named of options) {
  byName.set(named.name, named);
  if (named.option.traits.alias !== null) {
    byName.set(named.option.traits.alias, named);
  }
}

/** The option with a name or alias, in any case, or null. O(1). */
export function findOption(name: string): NamedOption | null {
  return byName.get(name.toLowerCase()) ?? null;
}

/** All names and aliases, in the order of the schema, each with its option. */
export function namesAndAliases(): IterableIterator<[string, NamedOption]> {
  return byName.entries();
}
