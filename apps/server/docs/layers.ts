import { readFileSync } from 'node:fs';

/** A package, and the packages that it may import. */
export interface PackageLayer {
  readonly name: string;
  readonly on: readonly string[];
  /** What it is, for the picture. */
  readonly note: string;
  /** What it owns, for the table. */
  readonly owns: string;
}

/** A folder or some files of apps/server/src. It may import the layers listed before it. */
export interface SourceLayer {
  readonly name: string;
  /** A regular expression of its files, if they are not called as the layer. */
  readonly files?: string;
  readonly label: string;
  readonly note: string;
  readonly owns: string;
}

/** The layers from the ground up; .dependency-cruiser.cjs makes its rules from the same list. */
export const layers = JSON.parse(readFileSync(new URL('../../../docs/layers.json', import.meta.url), 'utf8')) as {
  readonly packages: readonly PackageLayer[];
  readonly server: readonly SourceLayer[];
};
