import { z } from 'zod';
import { FIGURES, type FigureName, type Figures } from './figures';

const figureNames = Object.keys(FIGURES) as [FigureName, ...FigureName[]];

const measurement = z.strictObject({
  server: z.string(),
  /** The case by its dimensions: test, pipeline, connections, … or dataset and phase. */
  case: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The command line of the load. */
  command: z.string(),
  /** The figures of each round. */
  runs: z.array(z.partialRecord(z.enum(figureNames), z.number()) as z.ZodType<Figures>).min(1),
});

const server = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** How it was started; the address for a target. */
  command: z.string(),
});

const failure = z.strictObject({ server: z.string(), during: z.string(), message: z.string() });

/** The result of a run: the figures of all rounds, and what is needed to repeat it. */
export const resultSchema = z.strictObject({
  format: z.literal(1),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  /** The command that repeats the run. */
  command: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  machine: z.strictObject({
    processor: z.string(),
    cores: z.int(),
    memoryGibibytes: z.number(),
    system: z.string(),
    node: z.string(),
    redisBenchmark: z.string().optional(),
    commit: z.string().optional(),
  }),
  /** The server that the ratios relate to. */
  reference: z.string(),
  servers: z.array(server),
  measurements: z.array(measurement),
  failures: z.array(failure),
});

export type Result = z.infer<typeof resultSchema>;
export type Measurement = Result['measurements'][number];
export type ServerDescription = Result['servers'][number];
export type Failure = Result['failures'][number];
export type Machine = Result['machine'];
