import { fillingSeconds, measureFilling } from './measure/filling';
import { idleScenarioSeconds, measureIdle } from './measure/idle';
import { ServerGroup } from './measure/server-group';
import { measureThroughput, throughputSeconds } from './measure/throughput';
import { Progress } from './progress/progress';
import { describeMachine } from './results/machine';
import type { Measurement, Result } from './results/result';
import type { NamedScenario } from './scenario/read-scenario';
import type { Scenario } from './scenario/scenario';
import type { Subject } from './servers/subject';

/** The parameters of a run. */
export interface RunOrder {
  readonly named: NamedScenario;
  readonly subjects: readonly Subject[];
  readonly reference: string;
  /** The command that repeats the run. */
  readonly command: string;
  readonly mayEmptyTargets: boolean;
}

/** A run of a scenario. `measure` does it; `result` is the result so far, at any time. */
export class ScenarioRun {
  readonly #order: RunOrder;
  readonly #startedAt = new Date();
  readonly #measurements: Measurement[] = [];
  readonly #group: ServerGroup;
  readonly #progress: Progress;

  constructor(order: RunOrder) {
    this.#order = order;
    const { named, subjects } = order;
    const { scenario } = named;
    const seconds = secondsOf(scenario, subjects.length);
    this.#progress = new Progress(seconds);
    this.#group = new ServerGroup((line) => this.#progress.say(line), {
      config: scenario.config,
      answerLimitMs: scenario.limitSeconds * 1000,
      recordsLoopDelay: scenario.kind !== 'idle',
      mayEmptyTargets: order.mayEmptyTargets,
    });
  }

  /** Starts the servers, measures them and stops them. Failures of servers are in the result; it rejects only for errors of this program. */
  async measure(): Promise<void> {
    const { scenario } = this.#order.named;
    const keep = (measurement: Measurement): void => void this.#measurements.push(measurement);
    const [group, progress, { subjects }] = [this.#group, this.#progress, this.#order];
    try {
      switch (scenario.kind) {
        case 'throughput':
          await measureThroughput(group, subjects, scenario, progress, keep);
          break;
        case 'filling':
          await measureFilling(group, subjects, scenario, progress, keep);
          break;
        case 'idle':
          await measureIdle(group, subjects, scenario, progress, keep);
      }
    } finally {
      progress.close();
      await group.close();
    }
  }

  get result(): Result {
    const { named, reference, command } = this.#order;
    return {
      format: 1,
      name: named.name,
      title: named.scenario.title,
      description: named.scenario.description,
      command,
      startedAt: this.#startedAt.toISOString(),
      finishedAt: new Date().toISOString(),
      machine: describeMachine(),
      reference,
      servers: this.#group.descriptions,
      measurements: this.#measurements,
      failures: this.#group.failures,
    };
  }
}

/** About how long a scenario takes, in seconds. */
function secondsOf(scenario: Scenario, servers: number): number {
  switch (scenario.kind) {
    case 'throughput':
      return throughputSeconds(scenario, servers);
    case 'filling':
      return fillingSeconds(scenario, servers);
    case 'idle':
      return idleScenarioSeconds(scenario, servers);
  }
}
