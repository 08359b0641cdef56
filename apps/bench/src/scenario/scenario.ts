import { z } from 'zod';

/** A command. `__index__` counts 0, 1, 2, … over a filling, `__rand__` is random below its count; both have 12 digits, as in redis-benchmark. */
const template = z.string().regex(/^[!-~]+( [!-~]+)*$/, 'words with one space between them');

const preparation = z.strictObject({
  command: template.describe('is sent `count` times; __index__, __rand__ and __value__ are replaced'),
  count: z
    .union([z.int().positive(), z.literal('requests')])
    .describe('a number, or `requests` for the number of requests of the run'),
  before: z.enum(['test', 'run']).describe('whether it is sent once for the test or before each run'),
});

const throughputTest = z
  .strictObject({
    name: z.string().min(1),
    test: z
      .string()
      .regex(/^[a-z_0-9]+$/)
      .optional()
      .describe('a test of redis-benchmark, by the name that its -t takes'),
    command: template.optional().describe('a command, instead of a test; redis-benchmark replaces __rand_int__'),
    prepare: z.array(preparation).default([]),
    subscribers: z
      .int()
      .positive()
      .optional()
      .describe(
        'how many clients subscribe to the channel of a PUBLISH; a run lasts until all have received every message',
      ),
    readsOnly: z
      .boolean()
      .default(false)
      .describe('the test does not change the data, so they are not prepared again after the warm-up'),
    verify: z
      .array(template)
      .default([])
      .describe('commands that every server must answer with about the same positive number at the end'),
    raises: z
      .array(z.string())
      .default([])
      .describe('fields of INFO stats that every run must raise, such as evicted_keys'),
    verifyKeys: z
      .boolean()
      .default(false)
      .describe('reads keys at the end, which must have the same value in all servers'),
  })
  .refine(({ test, command }) => (test === undefined) !== (command === undefined), 'either a test or a command')
  .refine(
    ({ subscribers, command }) => subscribers === undefined || /^PUBLISH [^ _]+ [^ _]+$/.test(command ?? ''),
    'subscribers need a PUBLISH with a constant channel and message',
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
    .describe('how long a run or a reply may take; a server that needs longer counts as hanging'),
  config: z
    .record(z.string(), z.string())
    .default({})
    .describe('options of redis.conf for the servers that are started'),
};

const throughput = z.strictObject({
  kind: z.literal('throughput'),
  ...common,
  seconds: z.number().positive().default(1).describe('how long a run takes on the fastest server'),
  keyspace: z.int().positive().default(100_000).describe('random keys are out of so many'),
  pipelines: z.array(z.int().positive()).min(1).default([1]),
  connections: z.array(z.int().positive()).min(1).default([50]),
  valueBytes: z.array(z.int().positive()).min(1).default([3]),
  tests: z.array(throughputTest).min(1),
});

const watching = z
  .strictObject({
    name: z.string().min(1),
    ask: template.describe(
      'a command that another client sends about every millisecond; the figures are its latencies',
    ),
    beside: z
      .strictObject({
        command: template,
        count: z.int().positive(),
        batch: z.int().positive().default(50),
        everyMs: z.number().min(0).default(1),
      })
      .optional()
      .describe('writes that are sent meanwhile'),
    run: template.optional().describe('one command that is sent meanwhile'),
    seconds: z
      .number()
      .positive()
      .default(3)
      .describe('how long the latencies are measured, when there are no writes beside'),
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
      'the pause between the start of a server and the first data; at 0 the work after its start runs beside them',
    ),
  datasets: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        command: template,
        count: z.int().positive().describe('how many times the command is sent'),
        batch: z.int().positive().default(1000).describe('commands in flight'),
        holds: template.describe('a command whose reply must be the count when all is written'),
        afterwards: z.array(watching).default([]),
      }),
    )
    .min(1),
});

const idle = z.strictObject({
  kind: z.literal('idle'),
  ...common,
  settleSeconds: z
    .number()
    .min(0)
    .default(2)
    .describe('the pause after the last client has disconnected, before idling is measured'),
  idleSeconds: z.number().positive().default(10).describe('how long the CPU time of the idle server is measured'),
});

/** The format of a scenario file. bench/scenarios/scenario.schema.json, which editors read, is made from it. */
export const scenarioSchema = z.discriminatedUnion('kind', [throughput, filling, idle]);

export type Scenario = z.infer<typeof scenarioSchema>;
export type ThroughputScenario = z.infer<typeof throughput>;
export type ThroughputTest = ThroughputScenario['tests'][number];
export type Preparation = ThroughputTest['prepare'][number];
export type IdleScenario = z.infer<typeof idle>;
export type FillingScenario = z.infer<typeof filling>;
export type Dataset = FillingScenario['datasets'][number];
export type Watching = Dataset['afterwards'][number];
