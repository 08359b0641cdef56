import type { InfoSection } from './info-section';

/** CPU time of the process, of all its threads, in seconds. */
export const cpuSection: InfoSection = {
  name: 'cpu',
  isDefault: true,
  write(text) {
    const { system, user } = process.cpuUsage();
    text.section('CPU');
    text.field('used_cpu_sys', (system / 1e6).toFixed(6));
    text.field('used_cpu_user', (user / 1e6).toFixed(6));
    text.field('used_cpu_sys_children', '0.000000');
    text.field('used_cpu_user_children', '0.000000');
  },
};
