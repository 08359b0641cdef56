import { describe, expect, it, vi } from 'vitest';
import { Configuration } from './configuration';

describe('Configuration', () => {
  it('has typed values and the texts of CONFIG GET', () => {
    const config = new Configuration('/');
    expect(config.values.port).toBe(6379);
    expect(config.values.bind).toEqual(['127.0.0.1', '-::1']);
    expect(config.values.dir).toBe('/');
    expect(config.getMatching(['PORT', 'port', 'hash-max-*-value'])).toEqual([
      ['PORT', '6379'],
      ['hash-max-listpack-value', '64'],
      ['hash-max-ziplist-value', '64'],
    ]);
  });

  it('shows hidden options by their exact name only', () => {
    const config = new Configuration();
    expect(config.getMatching(['watchdog*'])).toEqual([]);
    expect(config.getMatching(['watchdog-period'])).toEqual([['watchdog-period', '0']]);
  });

  it('sets all options or none', () => {
    const config = new Configuration();
    const error = config.set(
      [
        ['maxmemory', '1mb'],
        ['hz', 'x'],
      ],
      true,
    );
    expect(error).toBe(
      "CONFIG SET failed (possibly related to argument 'hz') - argument couldn't be parsed into an integer",
    );
    expect(config.values.maxmemory).toBe(0);
  });

  it('refuses strings that would be longer than what works', () => {
    const config = new Configuration();
    expect(config.set([['proto-max-bulk-len', '1gb']], true)).toBeNull();
    expect(config.set([['proto-max-bulk-len', '1073741825']], true)).toBe(
      "CONFIG SET failed (possibly related to argument 'proto-max-bulk-len') - " +
        'argument must be between 1048576 and 1073741824 inclusive',
    );
  });

  it('keeps an exact text if a number cannot be exact', () => {
    const config = new Configuration();
    expect(config.set([['slowlog-max-len', '9223372036854775807']], true)).toBeNull();
    expect(config.text('slowlog-max-len')).toBe('9223372036854775807');
  });

  it('restores the old values if a hook fails, and runs the hooks again', () => {
    const config = new Configuration();
    const seen: number[] = [];
    config.onApply(['maxclients'], () => {
      seen.push(config.values.maxclients);
      return config.values.maxclients > 20000 ? 'too many' : null;
    });
    const listener = vi.fn();
    config.onChange(['maxclients', 'timeout'], listener);
    const error = config.set(
      [
        ['timeout', '7'],
        ['maxclients', '30000'],
      ],
      true,
    );
    expect(error).toBe("CONFIG SET failed (possibly related to argument 'maxclients') - too many");
    expect(seen).toEqual([30000, 10000]);
    expect(config.values.timeout).toBe(0);
    expect(listener).not.toHaveBeenCalled();
  });

  it('notifies listeners once of a change of several options, and not of other options', () => {
    const config = new Configuration();
    const listener = vi.fn();
    const end = config.follow(['maxmemory', 'maxmemory-policy'], listener);
    expect(listener).toHaveBeenCalledTimes(1);
    config.set(
      [
        ['maxmemory', '1k'],
        ['maxmemory-policy', 'allkeys-lru'],
      ],
      true,
    );
    expect(listener).toHaveBeenCalledTimes(2);
    config.set([['timeout', '1']], true);
    config.set([['maxmemory', '1000']], true);
    expect(listener).toHaveBeenCalledTimes(2);
    end();
    config.set([['maxmemory', '2000']], true);
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('protects options according to enable-protected-configs', () => {
    const config = new Configuration('/');
    const refusal = "CONFIG SET failed (possibly related to argument 'dbfilename') - can't set protected config";
    expect(config.set([['dbfilename', 'a']], true)).toBe(refusal);
    config.assign({ 'enable-protected-configs': 'local' });
    expect(config.set([['dbfilename', 'a']], false)).toBe(refusal);
    expect(config.set([['dbfilename', 'a']], true)).toBeNull();
  });

  it('accepts typed values from code, for immutable options too, and checks them', () => {
    const config = new Configuration();
    config.assign({ port: 0, replicaof: null, 'event-loop': 'epoll', bind: [], save: [{ seconds: 1, changes: 2 }] });
    expect(config.values.port).toBe(0);
    expect(config.values['event-loop']).toBe('epoll');
    expect(config.text('save')).toBe('1 2');
    expect(() => config.assign({ timeout: 5, port: 70000 })).toThrow(
      'option port: argument must be between 0 and 65535 inclusive',
    );
    expect(config.values.timeout).toBe(0);
  });

  it('knows which values are sensitive', () => {
    const config = new Configuration();
    expect(config.isSensitive('RequirePass')).toBe(true);
    expect(config.isSensitive('port')).toBe(false);
    expect(config.isSensitive('no-such-option')).toBe(false);
  });

  it('lists changed options that have no effect yet', () => {
    const config = new Configuration();
    expect(config.changedWithoutEffect()).toEqual([]);
    config.set([['appendonly', 'yes']], true);
    expect(config.changedWithoutEffect()).toEqual(['appendonly']);
  });
});
