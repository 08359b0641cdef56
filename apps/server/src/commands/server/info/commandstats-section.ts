import type { InfoSection } from './info-section';

/** Number of calls and time per command, for the commands called so far. */
export const commandstatsSection: InfoSection = {
  name: 'commandstats',
  isDefault: false,
  write(text, { server }) {
    text.section('Commandstats');
    server.registry.forEach(({ name, calls, microseconds, rejected, failed }) => {
      if (calls === 0 && rejected === 0 && failed === 0) return;
      const perCall = calls === 0 ? 0 : microseconds / calls;
      text.field(
        `cmdstat_${name}`,
        `calls=${calls},usec=${Math.round(microseconds)},usec_per_call=${perCall.toFixed(2)},` +
          `rejected_calls=${rejected},failed_calls=${failed}`,
      );
    });
  },
};
