import { describe, expect, it } from 'vitest';
import { parseScenario, readScenario, scenarioNames } from './read-scenario';

describe('bench/scenarios', () => {
  it.each(scenarioNames())('%s can be read', (name) => {
    expect(readScenario(name).scenario.title).not.toBe('');
  });

  it('has the scenarios that the README lists', () => {
    expect(scenarioNames()).toEqual(
      expect.arrayContaining([
        'smoke',
        'default-suite',
        'pipeline',
        'connections',
        'values',
        'memory',
        'eviction',
        'latency-under-load',
      ]),
    );
  });

  it('are listed when an unknown one is named', () => {
    expect(() => readScenario('nothing')).toThrow('no scenario is called nothing; there are big-sorted-set');
  });
});

describe('parseScenario', () => {
  const scenario = { kind: 'throughput', title: 'T', description: 'D', tests: [{ name: 'SET', test: 'set' }] };

  it('sets the defaults', () => {
    expect(parseScenario(JSON.stringify(scenario), 'it')).toMatchObject({
      rounds: 3,
      pipelines: [1],
      connections: [50],
    });
  });

  it('says which field is wrong', () => {
    const parse = (change: object) => () => parseScenario(JSON.stringify({ ...scenario, ...change }), 'it.json');
    expect(parse({ pipelines: [0] })).toThrow(/it\.json is no scenario:[\s\S]*pipelines\[0\]/);
    expect(parse({ tests: [{ name: 'SET' }] })).toThrow(/either a test or a command[\s\S]*tests\[0\]/);
    expect(parse({ piplines: [1] })).toThrow(/piplines/);
    expect(parse({ kind: 'other' })).toThrow(/kind/);
    expect(() => parseScenario('{', 'it.json')).toThrow('it.json is not JSON');
  });
});
