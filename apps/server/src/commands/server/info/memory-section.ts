import { totalmem } from 'node:os';
import { MemoryFigures } from '../../../runtime/memory-figures';
import type { InfoSection } from './info-section';

/** Memory of the data in the arena, and of the process. */
export const memorySection: InfoSection = {
  name: 'memory',
  isDefault: true,
  write(text, { keyspace, server }) {
    const figures = new MemoryFigures(keyspace, server);
    const { used, active, reserved, rss, peak } = figures;
    const { maxmemory, 'maxmemory-policy': policy } = server.config.values;
    const { reclaimer } = keyspace;
    text.section('Memory');
    text.bytes('used_memory', used);
    text.bytes('used_memory_rss', rss);
    text.bytes('used_memory_peak', peak);
    text.field('used_memory_peak_perc', `${((used * 100) / peak).toFixed(2)}%`);
    text.field('used_memory_overhead', figures.overhead);
    text.field('used_memory_startup', figures.startup);
    text.field('used_memory_dataset', figures.dataset);
    text.field('used_memory_dataset_perc', `${figures.datasetPercentage.toFixed(2)}%`);
    text.field('used_memory_heap', figures.heapUsed);
    text.field('used_memory_heap_reserved', figures.heapReserved);
    text.field('allocator_allocated', used);
    text.field('allocator_active', active);
    text.field('allocator_resident', reserved);
    text.bytes('total_system_memory', totalmem());
    text.field('used_memory_lua', 0);
    text.field('used_memory_vm_eval', 0);
    text.field('used_memory_lua_human', '0B');
    text.field('used_memory_scripts_eval', 0);
    text.field('number_of_cached_scripts', 0);
    text.field('number_of_functions', 0);
    text.field('number_of_libraries', 0);
    text.field('used_memory_vm_functions', 0);
    text.bytes('used_memory_vm_total', 0);
    text.field('used_memory_functions', 0);
    text.bytes('used_memory_scripts', 0);
    text.bytes('maxmemory', maxmemory);
    text.field('maxmemory_policy', policy);
    text.field('allocator_frag_ratio', (active / used).toFixed(2));
    text.field('allocator_frag_bytes', active - used);
    text.field('allocator_rss_ratio', (reserved / active).toFixed(2));
    text.field('allocator_rss_bytes', reserved - active);
    text.field('rss_overhead_ratio', (rss / reserved).toFixed(2));
    text.field('rss_overhead_bytes', rss - reserved);
    text.field('mem_fragmentation_ratio', (rss / used).toFixed(2));
    text.field('mem_fragmentation_bytes', rss - used);
    text.field('mem_not_counted_for_evict', 0);
    text.field('mem_replication_backlog', 0);
    text.field('mem_total_replication_buffers', 0);
    text.field('mem_clients_slaves', 0);
    text.field('mem_clients_normal', figures.clients);
    text.field('mem_cluster_links', 0);
    text.field('mem_aof_buffer', 0);
    text.field('mem_allocator', 'nanoredis-arena');
    text.field('active_defrag_running', server.activeDefrag.runningPercent);
    text.field('lazyfree_pending_objects', reclaimer.pending);
    text.field('lazyfreed_objects', reclaimer.freed);
  },
};
