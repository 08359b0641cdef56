import type { InfoSection } from './info-section';

/** Processor time that the process has used, in seconds; all its threads together. */
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
