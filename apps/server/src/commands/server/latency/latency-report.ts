import type { ServerServices } from '../../../command/server-services';
import type { LatencyEvent } from '../../../runtime/latency-monitor';

/** The text of LATENCY DOCTOR: the spikes per event and advice, in the words of redis-server. */
export function latencyReport({ latency, config, clock }: ServerServices): string {
  const threshold = config.values['latency-monitor-threshold'];
  if (latency.events.size === 0 && threshold === 0) {
    return (
      "I'm sorry, Dave, I can't do that. Latency monitoring is disabled in this Redis instance. You may use \"CONFIG SET " +
      "latency-monitor-threshold <milliseconds>.\" in order to enable it. If we weren't in a deep space mission I'd " +
      'suggest to take a look at https://redis.io/topics/latency-monitor.\n'
    );
  }
  if (latency.events.size === 0) {
    return (
      'Dave, no latency spike was observed during the lifetime of this Redis instance, not in the slightest bit. I ' +
      'honestly think you ought to sit down calmly, take a stress pill, and think things over.\n'
    );
  }
  const nowSeconds = Math.floor(clock.nowMs() / 1000);
  const events = [...latency.events].map(([name, event], i) => `${i + 1}. ${describeEvent(name, event, nowSeconds)}\n`);
  const advice = adviceFor(
    latency.events,
    config.values['slowlog-log-slower-than'],
    config.values['slowlog-max-len'],
    threshold,
  );
  const advised =
    advice.length === 0
      ? "\nWhile there are latency events logged, I'm not able to suggest any easy fix. Please use the Redis community to " +
        'get some help, providing this report in your help request.\n'
      : `\nI have a few advices for you:\n\n${advice.map((line) => `- ${line}\n`).join('')}`;
  return (
    "Dave, I have observed latency spikes in this Redis instance. You don't mind talking about it, do you Dave?\n\n" +
    `${events.join('')}${advised}`
  );
}

function describeEvent(name: string, { samples, maxMilliseconds }: LatencyEvent, nowSeconds: number): string {
  const count = samples.length;
  const mean = Math.floor(samples.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / count);
  const deviation = Math.floor(
    samples.reduce((sum, { milliseconds }) => sum + Math.abs(milliseconds - mean), 0) / count,
  );
  const seconds = Math.max(1, nowSeconds - samples[0]!.timeSeconds);
  return (
    `${name}: ${count} latency spikes (average ${mean}ms, mean deviation ${deviation}ms, period ` +
    `${(seconds / count).toFixed(2)} sec). Worst all time event ${maxMilliseconds}ms.`
  );
}

function adviceFor(
  events: ReadonlyMap<string, LatencyEvent>,
  slowerThanMicroseconds: number,
  slowLogLength: number,
  threshold: number,
): string[] {
  const advice: string[] = [];
  if (events.has('command')) {
    if (slowerThanMicroseconds < 0 || slowLogLength === 0) {
      advice.push(
        'There are latency issues with potentially slow commands you are using. Try to enable the Slow Log Redis feature ' +
          `using the command 'CONFIG SET slowlog-log-slower-than ${threshold * 1000}'. If the Slow log is disabled Redis ` +
          'is not able to log slow commands execution for you.',
      );
    } else if (slowerThanMicroseconds / 1000 > threshold) {
      advice.push(
        'Your current Slow Log configuration only logs events that are slower than your configured latency monitor ' +
          `threshold. Please use 'CONFIG SET slowlog-log-slower-than ${threshold * 1000}'.`,
      );
    }
    advice.push(
      'Check your Slow Log to understand what are the commands you are running which are too slow to execute. Please check ' +
        'https://redis.io/commands/slowlog for more information.',
      'Deleting, expiring or evicting (because of maxmemory policy) large objects is a blocking operation. If you have ' +
        'very large objects that are often deleted, expired, or evicted, try to fragment those objects into multiple ' +
        'smaller objects.',
    );
  }
  if (events.has('fast-command')) {
    advice.push(
      'The system is slow to execute Redis code paths not containing system calls. This usually means the system does not ' +
        'provide Redis CPU time to run for long periods. You should try to:\n' +
        '  1) Lower the system load.\n' +
        '  2) Use a computer / VM just for Redis if you are running other software in the same system.\n' +
        '  3) Check if you have a "noisy neighbour" problem.\n' +
        "  4) Check with 'redis-cli --intrinsic-latency 100' what is the intrinsic latency in your system.",
    );
  }
  return advice;
}
