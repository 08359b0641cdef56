import { machine, release, type } from 'node:os';
import { NANOREDIS_VERSION, REDIS_VERSION } from '../../../runtime/version';
import { ACCESS_MASK } from '../../../values/entry';
import type { InfoSection } from './info-section';

const SECONDS_OF_A_DAY = 86400;

/** Versions, process, uptime and the backend of the event loop. */
export const serverSection: InfoSection = {
  name: 'server',
  isDefault: true,
  write(text, { keyspace, server }) {
    const { clock, config, loop } = server;
    const nowMs = clock.nowMs();
    const uptimeSeconds = Math.max(0, Math.floor((nowMs - server.startedAtMs) / 1000));
    text.section('Server');
    text.field('redis_version', REDIS_VERSION);
    text.field('redis_git_sha1', '00000000');
    text.field('redis_git_dirty', 0);
    text.field('nanoredis_version', NANOREDIS_VERSION);
    text.field('node_version', process.versions.node);
    text.field('redis_mode', 'standalone');
    text.field('os', `${type()} ${release()} ${machine()}`);
    text.field('arch_bits', 64);
    text.field('monotonic_clock', 'performance.now');
    text.field('multiplexing_api', loop.backend);
    text.field('multiplexing_reason', loop.reason);
    text.field('process_id', process.pid);
    text.field('process_supervised', 'no');
    text.field('run_id', server.identity.runId);
    text.field('tcp_port', config.values.port);
    text.field('server_time_usec', Math.floor(nowMs * 1000));
    text.field('uptime_in_seconds', uptimeSeconds);
    text.field('uptime_in_days', Math.floor(uptimeSeconds / SECONDS_OF_A_DAY));
    text.field('hz', config.values.hz);
    text.field('configured_hz', config.values.hz);
    text.field('lru_clock', Math.floor(keyspace.nowMs / 1000) & ACCESS_MASK);
    text.field('executable', process.argv[1] ?? process.execPath);
    text.field('config_file', config.file ?? '');
    text.field('io_threads_active', 0);
  },
};
