import { z } from 'zod';

/** `__index__` counts 0, 1, 2, … over the commands of one filling, `__rand__` is drawn below their number: 12 digits each, as redis-benchmark writes them. */
const template = z.string().regex(/^[!-~]+( [!-~]+)*$/, 'words with one space between them');

const preparation = z.strictObject({
  command: template.describe('sent again and again; __index__, __rand__ and __value__ are replaced'),
  count: z
    .union([z.int().positive(), z.literal('requests')])
    .describe('how many times, or as many as the run has requests'),
  before: z.enum(['test', 'run']).describe('once for the test, or before each of its runs'),
});

const throughputTest = z
  .strictObject({
    name: z.string().min(1),
    test: z
      .string()
      .regex(/^[a-z_0-9]+$/)
      .optional()
      .describe('a test of redis-benchmark, by the name that its -t takes'),
    command: template.optional().describe('a command instead; __rand_int__ is replaced by redis-benchmark'),
    prepare: z.array(preparation).default([]),
    subscribers: z
      .int()
      .positive()
      .optional()
      .describe('how many clients listen to the channel of a PUBLISH; a run lasts until all have heard every message'),
    readsOnly: z
      .boolean()
      .default(false)
      .describe('the data are after the warm-up what they were before, and are not made anew'),
    verify: z
      .array(template)
      .default([])
      .describe('commands that have to be answered with about the same positive number by every server at the end'),
    raises: z
      .array(z.string())
      .default([])
      .describe('fields of INFO stats that every run has to raise, such as evicted_keys'),
    verifyKeys: z
      .boolean()
      .default(false)
      .describe('reads keys back, which all servers have to hold with the same value'),
  })
  .refine(({ test, command }) => (test === undefined) !== (command === undefined), 'either a test or a command')
  .refine(
    ({ subscribers, command }) => subscribers === undefined || /^PUBLISH [^ _]+ [^ _]+$/.test(command ?? ''),
    'subscribers hear of a PUBLISH with a channel and a message that stay the same',
  );

const common = {
  $schema: z.string().optional(),
  title: z.string().min(1),
  description: z.string().min(1),
  rounds: z.int().positive().default(3),
  limitSeconds: z
    .number()
    .positive()
    .default(60)
    .describe('how long a run, or an answer, may take; a server that needs longer hangs'),
  config: z
    .record(z.string(), z.string())
    .default({})
    .describe('options of redis.conf for the servers that are started'),
};

const throughput = z.strictObject({
  kind: z.literal('throughput'),
  ...common,
  seconds: z.number().positive().default(1).describe('how long a run takes the fastest server'),
  keyspace: z.int().positive().default(100_000).describe('how many different keys the runs draw from'),
  pipelines: z.array(z.int().positive()).min(1).default([1]),
  connections: z.array(z.int().positive()).min(1).default([50]),
  valueBytes: z.array(z.int().positive()).min(1).default([3]),
  tests: z.array(throughputTest).min(1),
});

const watching = z
  .strictObject({
    name: z.string().min(1),
    ask: template.describe('what another client asks about every millisecond; its waiting times are the figures'),
    beside: z
      .strictObject({
        command: template,
        count: z.int().positive(),
        batch: z.int().positive().default(50),
        everyMs: z.number().min(0).default(1),
      })
      .optional()
      .describe('writes that go on meanwhile'),
    run: template.optional().describe('one command, sent when asking has begun'),
    seconds: z.number().positive().default(3).describe('how long it is watched, when there are no writes beside'),
  })
  .refine(({ beside, run }) => beside === undefined || run === undefined, 'either writes beside, or one command');

const filling = z.strictObject({
  kind: z.literal('filling'),
  ...common,
  rounds: z.int().positive().default(1),
  settleSeconds: z
    .number()
    .min(0)
    .default(1)
    .describe(
      'how long a server has stood when the first data come; at 0, what it does after its start goes on beside them',
    ),
  datasets: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        command: template,
        count: z.int().positive().describe('how many times the command is sent'),
        batch: z.int().positive().default(1000).describe('how many are in flight'),
        holds: template.describe('a command that has to be answered with the count when all is written'),
        afterwards: z.array(watching).default([]),
      }),
    )
    .min(1),
});

const standing = z.strictObject({
  kind: z.literal('standing'),
  ...common,
  settleSeconds: z.number().min(0).default(2).describe('how long after a client has come and gone idling begins'),
  idleSeconds: z.number().positive().default(10).describe('how long the CPU time of an idle server is watched'),
});

/** What a scenario file may say; docs for every field stand in the schema that editors read, bench/scenarios/scenario.schema.json. */
export const scenarioSchema = z.discriminatedUnion('kind', [throughput, filling, standing]);

export type Scenario = z.infer<typeof scenarioSchema>;
export type ThroughputScenario = z.infer<typeof throughput>;
export type ThroughputTest = ThroughputScenario['tests'][number];
export type Preparation = ThroughputTest['prepare'][number];
export type StandingScenario = z.infer<typeof standing>;
export type FillingScenario = z.infer<typeof filling>;
export type Dataset = FillingScenario['datasets'][number];
export type Watching = Dataset['afterwards'][number];
