import type { InfoSection } from './info-section';

/** Counters since the start or the last CONFIG RESETSTAT, and rates over the last seconds. */
export const statsSection: InfoSection = {
  name: 'stats',
  isDefault: true,
  write(text, { keyspace, server }) {
    const { statistics, memoryLimit, pubSub } = server;
    text.section('Stats');
    text.field('total_connections_received', statistics.connectionsReceived);
    text.field('total_commands_processed', server.registry.countCalls());
    text.field('instantaneous_ops_per_sec', Math.round(statistics.commandsRate.perSecond));
    text.field('total_net_input_bytes', server.traffic.inputBytes);
    text.field('total_net_output_bytes', server.traffic.outputBytes);
    text.field('total_net_repl_input_bytes', 0);
    text.field('total_net_repl_output_bytes', 0);
    text.field('instantaneous_input_kbps', (statistics.inputRate.perSecond / 1024).toFixed(2));
    text.field('instantaneous_output_kbps', (statistics.outputRate.perSecond / 1024).toFixed(2));
    text.field('instantaneous_input_repl_kbps', '0.00');
    text.field('instantaneous_output_repl_kbps', '0.00');
    text.field('rejected_connections', statistics.rejectedConnections);
    text.field('sync_full', 0);
    text.field('sync_partial_ok', 0);
    text.field('sync_partial_err', 0);
    text.field('expired_keys', keyspace.expired);
    text.field('expired_stale_perc', (statistics.staleShare * 100).toFixed(2));
    text.field('expired_time_cap_reached_count', statistics.expireTimeCapReached);
    text.field('expire_cycle_cpu_milliseconds', Math.floor(statistics.expireCycleMs));
    text.field('evicted_keys', keyspace.evicted);
    text.field('evicted_clients', statistics.evictedClients);
    text.field('total_eviction_exceeded_time', Math.floor(memoryLimit.pastExceededMs + memoryLimit.exceededMs));
    text.field('current_eviction_exceeded_time', Math.floor(memoryLimit.exceededMs));
    text.field('keyspace_hits', keyspace.hits);
    text.field('keyspace_misses', keyspace.misses);
    text.field('pubsub_channels', pubSub.channels.size);
    text.field('pubsub_patterns', pubSub.patterns.size);
    text.field('pubsubshard_channels', pubSub.shardChannels.size);
    text.field('latest_fork_usec', 0);
    text.field('total_forks', 0);
    text.field('migrate_cached_sockets', 0);
    text.field('slave_expires_tracked_keys', 0);
    text.field('active_defrag_hits', server.activeDefrag.defragmentation.hits);
    text.field('active_defrag_misses', server.activeDefrag.defragmentation.misses);
    text.field('active_defrag_key_hits', server.activeDefrag.defragmentation.keyHits);
    text.field('active_defrag_key_misses', server.activeDefrag.defragmentation.keyMisses);
    text.field('total_active_defrag_time', Math.floor(server.activeDefrag.totalMs));
    text.field('current_active_defrag_time', Math.floor(server.activeDefrag.currentMs));
    text.field('tracking_total_keys', 0);
    text.field('tracking_total_items', 0);
    text.field('tracking_total_prefixes', 0);
    text.field('unexpected_error_replies', 0);
    text.field('total_error_replies', statistics.errorReplies);
    text.field('dump_payload_sanitizations', 0);
    text.field('io_threaded_reads_processed', 0);
    text.field('io_threaded_writes_processed', 0);
    text.field('client_output_buffer_limit_disconnections', statistics.outputLimitDisconnections);
    text.field('client_query_buffer_limit_disconnections', statistics.queryLimitDisconnections);
  },
};
