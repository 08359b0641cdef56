import { clientsSection } from './clients-section';
import { commandstatsSection } from './commandstats-section';
import { cpuSection } from './cpu-section';
import { errorstatsSection } from './errorstats-section';
import type { InfoSection } from './info-section';
import { keyspaceSection } from './keyspace-section';
import { latencystatsSection } from './latencystats-section';
import { memorySection } from './memory-section';
import { persistenceSection } from './persistence-section';
import { replicationSection } from './replication-section';
import { serverSection } from './server-section';
import { statsSection } from './stats-section';

const modulesSection: InfoSection = {
  name: 'modules',
  alias: 'module_list',
  isDefault: true,
  write: (text) => text.section('Modules'),
};

const clusterSection: InfoSection = {
  name: 'cluster',
  isDefault: true,
  write(text) {
    text.section('Cluster');
    text.field('cluster_enabled', 0);
  },
};

/** Every section of INFO, in the order in which Redis shows them. */
export const infoSections: readonly InfoSection[] = [
  serverSection,
  clientsSection,
  memorySection,
  persistenceSection,
  statsSection,
  replicationSection,
  cpuSection,
  modulesSection,
  commandstatsSection,
  errorstatsSection,
  latencystatsSection,
  clusterSection,
  keyspaceSection,
];
