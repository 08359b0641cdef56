import { defineCommand } from '../../../command/define-command';
import type { Reply } from '../../../request/reply';
import { BUCKET_BYTES, MemoryFigures } from '../../../runtime/memory-figures';
import { EXPIRY_BYTES } from '../../../values/entry';

export const memoryStats = defineCommand({
  name: 'stats',
  summary: 'Show memory usage details',
  since: '4.0.0',
  group: 'server',
  complexity: 'O(1)',
  arity: 2,
  flags: [],
  categories: [],
  tips: ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special'],
  execute(_args, reply, call) {
    const figures = new MemoryFigures(call.keyspace, call.server);
    const { used, active, reserved, rss } = figures;
    const databases = call.keyspace.databases.filter(({ size }) => size > 0);
    const before: Figure[] = [
      ['peak.allocated', figures.peak],
      ['total.allocated', used],
      ['startup.allocated', figures.startup],
      ['replication.backlog', 0],
      ['clients.slaves', 0],
      ['clients.normal', figures.clients],
      ['cluster.links', 0],
      ['aof.buffer', 0],
      ['lua.caches', 0],
      ['functions.caches', 0],
    ];
    const after: Figure[] = [
      ['overhead.total', figures.overhead],
      ['keys.count', figures.keys],
      ['keys.bytes-per-key', figures.keys === 0 ? 0 : Math.floor((used - figures.startup) / figures.keys)],
      ['dataset.bytes', figures.dataset],
      ['dataset.percentage', figures.datasetPercentage, 'ratio'],
      ['peak.percentage', (used * 100) / figures.peak, 'ratio'],
      ['allocator.allocated', used],
      ['allocator.active', active],
      ['allocator.resident', reserved],
      ['allocator-fragmentation.ratio', active / used, 'ratio'],
      ['allocator-fragmentation.bytes', active - used],
      ['allocator-rss.ratio', 1, 'ratio'],
      ['allocator-rss.bytes', 0],
      ['rss-overhead.ratio', rss / reserved, 'ratio'],
      ['rss-overhead.bytes', rss - reserved],
      ['fragmentation', rss / used, 'ratio'],
      ['fragmentation.bytes', rss - used],
    ];
    reply.map(before.length + databases.length + after.length);
    writeFigures(reply, before);
    for (const { index, size, volatileSize } of databases) {
      reply.bulkString(`db.${index}`);
      reply.map(3);
      writeFigures(reply, [
        ['overhead.hashtable.main', size * BUCKET_BYTES],
        ['overhead.hashtable.expires', volatileSize * EXPIRY_BYTES],
        ['overhead.hashtable.slot-to-keys', 0],
      ]);
    }
    writeFigures(reply, after);
  },
});

type Figure = readonly [name: string, value: number, kind?: 'ratio'];

function writeFigures(reply: Reply, figures: readonly Figure[]): void {
  for (const [name, value, kind] of figures) {
    reply.bulkString(name);
    if (kind === 'ratio') reply.double(value);
    else reply.integer(value);
  }
}
