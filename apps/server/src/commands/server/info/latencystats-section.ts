import type { InfoSection } from './info-section';

/** Latency percentiles per command, in microseconds. */
export const latencystatsSection: InfoSection = {
  name: 'latencystats',
  isDefault: false,
  write(text, { server }) {
    const { 'latency-tracking': isTracked, 'latency-tracking-info-percentiles': percentiles } = server.config.values;
    text.section('Latencystats');
    if (!isTracked) return;
    server.registry.forEach(({ name, latency }) => {
      if (latency === null) return;
      const figures = percentiles.map((percent) => {
        return `p${percent}=${(latency.percentile(percent) / 1000).toFixed(3)}`;
      });
      text.field(`latency_percentiles_usec_${name}`, figures.join(','));
    });
  },
};
