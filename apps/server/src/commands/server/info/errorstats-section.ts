import type { InfoSection } from './info-section';

/** Number of error replies per code. */
export const errorstatsSection: InfoSection = {
  name: 'errorstats',
  isDefault: true,
  write(text, { server }) {
    text.section('Errorstats');
    const counts = [...server.statistics.errorsByCode].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [code, count] of counts) text.field(`errorstat_${code}`, `count=${count}`);
  },
};
