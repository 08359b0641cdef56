import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Where and when figures were measured; a figure without it says nothing. */
export function describeMachine(): Record<string, string | number> {
  const processors = cpus();
  return {
    date: new Date().toISOString(),
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    kernel: release(),
    node: process.versions.node,
  };
}

/** Writes figures with the description of the machine to bench/results/NAME.json and returns the path. */
export function writeResults(name: string, figures: object): string {
  const folder = fileURLToPath(new URL('../../../bench/results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const path = `${folder}${name}.json`;
  writeFileSync(path, `${JSON.stringify({ machine: describeMachine(), ...figures }, null, 2)}\n`);
  return path;
}
