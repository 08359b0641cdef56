import { describe, expect, it } from 'vitest';
import { narrowScenario } from './narrow-scenario';
import { readScenario } from './read-scenario';

describe('narrowScenario', () => {
  const { scenario: smoke } = readScenario('smoke');
  const { scenario: memory } = readScenario('memory');

  it('takes what is asked for, by name without regard to case, and leaves the rest', () => {
    const narrowed = narrowScenario(smoke, { tests: ['get'], pipelines: [4], seconds: 0.1 });
    expect(narrowed).toMatchObject({ pipelines: [4], seconds: 0.1, rounds: smoke.rounds, tests: [{ name: 'GET' }] });
  });

  it('gives all datasets a count', () => {
    expect(narrowScenario(memory, { tests: ['list', 'set'], count: 10 })).toMatchObject({
      datasets: [
        { name: 'list', count: 10 },
        { name: 'set', count: 10 },
      ],
    });
  });

  it('refuses what means nothing', () => {
    const { scenario: standing } = readScenario('standing');
    expect(narrowScenario(standing, { rounds: 2 })).toEqual({ ...standing, rounds: 2 });
    expect(() => narrowScenario(standing, { count: 10 })).toThrow('count means nothing to a standing scenario');
    expect(() => narrowScenario(smoke, { tests: ['gte'] })).toThrow('nothing in this scenario is called gte');
    expect(() => narrowScenario(smoke, { count: 10 })).toThrow('count means nothing to a throughput scenario');
    expect(() => narrowScenario(memory, { pipelines: [1] })).toThrow('pipelines means nothing to a filling scenario');
  });
});
