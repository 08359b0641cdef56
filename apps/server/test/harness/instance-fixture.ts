import type { Definition } from '../../src/command/define-command';
import { Configuration } from '../../src/config';
import type { ManualClock } from '../../src/instance/clock';
import { Instance } from '../../src/instance/instance';
import { silentLog } from '../../src/instance/log';
import { SeededRandom } from '../../src/instance/random';

/** An instance with every option at its default, without sockets, whose time is moved by hand. */
export function createInstance(clock: ManualClock, definitions: readonly Definition[] = []): Instance {
  return new Instance({
    config: new Configuration(),
    clock,
    random: new SeededRandom(1),
    log: silentLog,
    definitions,
    shutdown: () => {},
  });
}
