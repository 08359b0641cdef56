import { describe, expect, it } from 'vitest';
import { InfoText } from './info-text';

const info = new InfoText(
  [
    '# Stats',
    'redis_version:7.0.15',
    'total_error_replies:3',
    'cmdstat_set:calls=10,usec=6,usec_per_call=0.60,rejected_calls=1,failed_calls=2',
    'cmdstat_setex:calls=7,usec=6,usec_per_call=0.60,rejected_calls=0,failed_calls=0',
    'cmdstat_config|get:calls=4,usec=24,usec_per_call=6.00,rejected_calls=0,failed_calls=0',
    'cmdstat_config|set:calls=1,usec=24,usec_per_call=6.00,rejected_calls=0,failed_calls=1',
  ].join('\r\n'),
);

describe('InfoText', () => {
  it('finds fields', () => {
    expect(info.field('redis_version')).toBe('7.0.15');
    expect(info.field('version')).toBeUndefined();
    expect(info.number('total_error_replies')).toBe(3);
    expect(info.number('nothing')).toBeNaN();
  });

  it('counts calls that did not fail, and those of subcommands for their command', () => {
    expect(info.successfulCalls('set')).toBe(8);
    expect(info.successfulCalls('config')).toBe(4);
    expect(info.successfulCalls('get')).toBe(0);
  });
});
