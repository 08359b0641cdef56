import { Cast } from './measure/cast';
import { fillingSeconds, measureFilling } from './measure/filling';
import { measureStanding, standingSeconds } from './measure/standing';
import { measureThroughput, throughputSeconds } from './measure/throughput';
import { Progress } from './progress/progress';
import { describeMachine } from './results/machine';
import type { Measurement, Result } from './results/result';
import type { NamedScenario } from './scenario/read-scenario';
import type { Scenario } from './scenario/scenario';
import type { Subject } from './servers/subject';

/** What one run is made of. */
export interface RunOrder {
  readonly named: NamedScenario;
  readonly subjects: readonly Subject[];
  readonly reference: string;
  /** The command that repeats the run. */
  readonly command: string;
  readonly mayEmptyTargets: boolean;
}

/** A run of a scenario: `measure` does it, and `result` tells at any time what has come of it so far. */
export class ScenarioRun {
  private readonly startedAt = new Date();
  private readonly measurements: Measurement[] = [];
  private readonly cast: Cast;
  private readonly progress: Progress;

  constructor(private readonly order: RunOrder) {
    const { named, subjects } = order;
    const { scenario } = named;
    const seconds = secondsOf(scenario, subjects.length);
    this.progress = new Progress(seconds);
    this.cast = new Cast((line) => this.progress.say(line), {
      config: scenario.config,
      answerLimitMs: scenario.limitSeconds * 1000,
      recordsLoopDelay: scenario.kind !== 'standing',
      mayEmptyTargets: order.mayEmptyTargets,
    });
  }

  /** Starts the servers, measures, and ends them. Rejects only for a mistake of this program: servers that fail are in the result. */
  async measure(): Promise<void> {
    const { scenario } = this.order.named;
    const keep = (measurement: Measurement): void => void this.measurements.push(measurement);
    try {
      const { cast, progress } = this;
      const { subjects } = this.order;
      switch (scenario.kind) {
        case 'throughput':
          await measureThroughput(cast, subjects, scenario, progress, keep);
          break;
        case 'filling':
          await measureFilling(cast, subjects, scenario, progress, keep);
          break;
        case 'standing':
          await measureStanding(cast, subjects, scenario, progress, keep);
      }
    } finally {
      this.progress.close();
      await this.cast.close();
    }
  }

  get result(): Result {
    const { named, reference, command } = this.order;
    return {
      format: 1,
      name: named.name,
      title: named.scenario.title,
      description: named.scenario.description,
      command,
      startedAt: this.startedAt.toISOString(),
      finishedAt: new Date().toISOString(),
      machine: describeMachine(),
      reference,
      servers: this.cast.descriptions,
      measurements: this.measurements,
      failures: this.cast.failures,
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
    case 'standing':
      return standingSeconds(scenario, servers);
  }
}
