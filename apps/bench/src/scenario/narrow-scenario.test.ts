import { describe, expect, it } from 'vitest';
import { narrowScenario } from './narrow-scenario';
import { readScenario } from './read-scenario';

describe('narrowScenario', () => {
  const { scenario: smoke } = readScenario('smoke');
  const { scenario: memory } = readScenario('memory');

  it('selects by name, whatever the case, and keeps the rest', () => {
    const narrowed = narrowScenario(smoke, { tests: ['get'], pipelines: [4], seconds: 0.1 });
    expect(narrowed).toMatchObject({ pipelines: [4], seconds: 0.1, rounds: smoke.rounds, tests: [{ name: 'GET' }] });
  });

  it('sets the count of all datasets', () => {
    expect(narrowScenario(memory, { tests: ['list', 'set'], count: 10 })).toMatchObject({
      datasets: [
        { name: 'list', count: 10 },
        { name: 'set', count: 10 },
      ],
    });
  });

  it('refuses options that do not apply, and unknown names', () => {
    const { scenario: idle } = readScenario('idle');
    expect(narrowScenario(idle, { rounds: 2 })).toEqual({ ...idle, rounds: 2 });
    expect(() => narrowScenario(idle, { count: 10 })).toThrow('count does not apply to the kind idle');
    expect(() => narrowScenario(smoke, { tests: ['gte'] })).toThrow('nothing in this scenario is called gte');
    expect(() => narrowScenario(smoke, { count: 10 })).toThrow('count does not apply to the kind throughput');
    expect(() => narrowScenario(memory, { pipelines: [1] })).toThrow('pipelines does not apply to the kind filling');
  });
});
