import type { InfoSection } from './info-section';

/** The role of this server: a master without replicas. */
export const replicationSection: InfoSection = {
  name: 'replication',
  isDefault: true,
  write(text, { server }) {
    text.section('Replication');
    text.field('role', 'master');
    text.field('connected_slaves', 0);
    text.field('master_failover_state', 'no-failover');
    text.field('master_replid', server.identity.replicationId);
    text.field('master_replid2', '0'.repeat(40));
    text.field('master_repl_offset', 0);
    text.field('second_repl_offset', -1);
    text.field('repl_backlog_active', 0);
    text.field('repl_backlog_size', server.config.values['repl-backlog-size']);
    text.field('repl_backlog_first_byte_offset', 0);
    text.field('repl_backlog_histlen', 0);
  },
};
