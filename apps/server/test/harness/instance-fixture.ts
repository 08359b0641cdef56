import type { Definition } from '../../src/command/define-command';
import { Configuration } from '../../src/config';
import { Instance } from '../../src/instance';
import type { ManualClock } from '../../src/runtime/clock';
import { type Log, silentLog } from '../../src/runtime/log';
import { SeededRandom } from '../../src/runtime/random';

/** An instance with every option at its default, without sockets, whose time the test moves. */
export function createInstance(
  clock: ManualClock,
  definitions: readonly Definition[] = [],
  log: Log = silentLog,
): Instance {
  return new Instance({
    config: new Configuration(),
    clock,
    random: new SeededRandom(1),
    log,
    definitions,
    shutdown: () => {},
  });
}
