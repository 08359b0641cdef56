import type { Scenario } from './scenario';

/** The options of the command line that select parts of a scenario or replace its values. */
export interface Narrowing {
  readonly rounds?: number | undefined;
  readonly seconds?: number | undefined;
  readonly tests?: readonly string[] | undefined;
  readonly pipelines?: readonly number[] | undefined;
  readonly connections?: readonly number[] | undefined;
  readonly valueBytes?: readonly number[] | undefined;
  /** The number of commands that each dataset is filled with. */
  readonly count?: number | undefined;
}

/**
 * Applies the options of the command line to a scenario. The case of the names of tests and datasets does not matter.
 *
 * @throws Error when a name is unknown, or an option does not apply to this kind of scenario.
 */
export function narrowScenario(scenario: Scenario, narrowing: Narrowing): Scenario {
  const { rounds = scenario.rounds, tests, count } = narrowing;
  if (scenario.kind === 'idle') {
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
  const unsuitable = names.find((name) => narrowing[name] !== undefined);
  if (unsuitable !== undefined) throw new Error(`${unsuitable} does not apply to the kind ${kind}`);
}
