import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { benchFolder } from '../places';
import { type Scenario, scenarioSchema } from './scenario';

/** A scenario with the name of its results. */
export interface NamedScenario {
  readonly name: string;
  readonly scenario: Scenario;
}

/** The names of the scenarios in bench/scenarios, in alphabetical order. */
export function scenarioNames(): string[] {
  return readdirSync(join(benchFolder, 'scenarios'))
    .filter((file) => file.endsWith('.json') && !file.endsWith('.schema.json'))
    .map((file) => basename(file, '.json'))
    .sort();
}

/**
 * Reads a scenario by its name in bench/scenarios, or by the path of a file that ends in .json.
 *
 * @throws Error, which says which field is wrong, when it is no scenario.
 */
export function readScenario(nameOrPath: string): NamedScenario {
  const isPath = nameOrPath.endsWith('.json');
  if (!isPath && !scenarioNames().includes(nameOrPath)) {
    throw new Error(`no scenario is called ${nameOrPath}; there are ${scenarioNames().join(', ')}`);
  }
  const path = isPath ? nameOrPath : join(benchFolder, 'scenarios', `${nameOrPath}.json`);
  return { name: basename(path, '.json'), scenario: parseScenario(readFileSync(path, 'utf8'), path) };
}

/**
 * Parses a scenario.
 *
 * @param source the name of the text in error messages.
 * @throws Error, which says which field is wrong, when it is no scenario.
 */
export function parseScenario(text: string, source: string): Scenario {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${source} is not JSON: ${(error as Error).message}`);
  }
  const { success, data, error } = scenarioSchema.safeParse(json);
  if (!success) throw new Error(`${source} is no scenario:\n${z.prettifyError(error)}`);
  return data;
}
