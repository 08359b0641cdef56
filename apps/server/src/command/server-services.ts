import type { Instance } from '../instance';

/** What a command may ask of its server besides the data: configuration, statistics, clients. */
export type ServerServices = Omit<Instance, 'keyspace' | 'dispatcher'>;
