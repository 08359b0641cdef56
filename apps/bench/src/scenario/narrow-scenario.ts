import type { Scenario } from './scenario';

/** What a command line leaves of a scenario, or asks of it instead. */
export interface Narrowing {
  readonly rounds?: number | undefined;
  readonly seconds?: number | undefined;
  readonly tests?: readonly string[] | undefined;
  readonly pipelines?: readonly number[] | undefined;
  readonly connections?: readonly number[] | undefined;
  readonly valueBytes?: readonly number[] | undefined;
  /** For all datasets: how many commands each is filled with. */
  readonly count?: number | undefined;
}

/**
 * The scenario with what the command line asks for. Names of tests and datasets are taken without regard to case. Throws when one
 * means nothing, or when an option says nothing to this kind of scenario.
 */
export function narrowScenario(scenario: Scenario, narrowing: Narrowing): Scenario {
  const { rounds = scenario.rounds, tests, count } = narrowing;
  if (scenario.kind === 'standing') {
    refuse(narrowing, ['seconds', 'pipelines', 'connections', 'valueBytes', 'tests', 'count'], scenario.kind);
    return { ...scenario, rounds };
  }
  if (scenario.kind === 'filling') {
    refuse(narrowing, ['seconds', 'pipelines', 'connections', 'valueBytes'], scenario.kind);
    const datasets = chooseByName(scenario.datasets, tests).map((dataset) =>
      count === undefined ? dataset : { ...dataset, count },
    );
    return { ...scenario, rounds, datasets };
  }
  refuse(narrowing, ['count'], scenario.kind);
  const { seconds, pipelines, connections, valueBytes } = narrowing;
  return {
    ...scenario,
    rounds,
    seconds: seconds ?? scenario.seconds,
    pipelines: [...(pipelines ?? scenario.pipelines)],
    connections: [...(connections ?? scenario.connections)],
    valueBytes: [...(valueBytes ?? scenario.valueBytes)],
    tests: chooseByName(scenario.tests, tests),
  };
}

function chooseByName<T extends { readonly name: string }>(
  all: readonly T[],
  names: readonly string[] | undefined,
): T[] {
  if (names === undefined) return [...all];
  const wanted = names.map((name) => name.toLowerCase());
  const unknown = wanted.find((name) => !all.some((each) => each.name.toLowerCase() === name));
  if (unknown !== undefined) {
    throw new Error(
      `nothing in this scenario is called ${unknown}; there are ${all.map(({ name }) => name).join(', ')}`,
    );
  }
  return all.filter(({ name }) => wanted.includes(name.toLowerCase()));
}

function refuse(narrowing: Narrowing, names: readonly (keyof Narrowing)[], kind: string): void {
  const senseless = names.find((name) => narrowing[name] !== undefined);
  if (senseless !== undefined) throw new Error(`${senseless} means nothing to a ${kind} scenario`);
}
