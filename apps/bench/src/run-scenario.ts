import { Cast } from './measure/cast';
import { fillingSeconds, measureFilling } from './measure/filling';
import { measureThroughput, throughputSeconds } from './measure/throughput';
import { Progress } from './progress/progress';
import { describeMachine } from './results/machine';
import type { Measurement, Result } from './results/result';
import type { NamedScenario } from './scenario/read-scenario';
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
    const seconds =
      scenario.kind === 'throughput'
        ? throughputSeconds(scenario, subjects.length)
        : fillingSeconds(scenario, subjects.length);
    this.progress = new Progress(seconds);
    this.cast = new Cast((line) => this.progress.say(line), {
      config: scenario.config,
      answerLimitMs: scenario.limitSeconds * 1000,
      mayEmptyTargets: order.mayEmptyTargets,
    });
  }

  /** Starts the servers, measures, and ends them. Rejects only for a mistake of this program: servers that fail are in the result. */
  async measure(): Promise<void> {
    const { scenario } = this.order.named;
    const keep = (measurement: Measurement): void => void this.measurements.push(measurement);
    try {
      if (scenario.kind === 'filling') {
        await measureFilling(this.cast, this.order.subjects, scenario, this.progress, keep);
      } else {
        for (const subject of this.order.subjects) await this.cast.join(subject);
        await measureThroughput(this.cast, scenario, this.progress, keep);
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
