import type { InfoSection } from './info-section';

/** Connected clients and their buffers. */
export const clientsSection: InfoSection = {
  name: 'clients',
  isDefault: true,
  write(text, { server }) {
    let connected = 0;
    let blocked = 0;
    for (const { transport, isBlocked } of server.sessions.values()) {
      if (transport !== null) connected++;
      if (isBlocked) blocked++;
    }
    const { recentInputPeak, recentOutputPeak } = server.clientLimits;
    text.section('Clients');
    text.field('connected_clients', connected);
    text.field('cluster_connections', 0);
    text.field('maxclients', server.config.values.maxclients);
    text.field('client_recent_max_input_buffer', recentInputPeak);
    text.field('client_recent_max_output_buffer', recentOutputPeak);
    text.field('blocked_clients', blocked);
    text.field('tracking_clients', 0);
    text.field('clients_in_timeout_table', server.blockedClients.timeoutCount);
  },
};
