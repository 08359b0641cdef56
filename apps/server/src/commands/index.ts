import type { Definition } from '../command/define-command';
import { bitmapCommands } from './bitmap';
import { connectionCommands } from './connection';
import { genericCommands } from './generic';
import { geoCommands } from './geo';
import { hashCommands } from './hash';
import { hyperLogLogCommands } from './hyperloglog';
import { listCommands } from './list';
import { pubSubCommands } from './pubsub';
import { serverCommands } from './server';
import { setCommands } from './set';
import { sortedSetCommands } from './sorted-set';
import { stringCommands } from './string';
import { transactionCommands } from './transactions';

/** All commands of the server, from the indexes of the families. */
export const commands: readonly Definition[] = [
  ...connectionCommands,
  ...stringCommands,
  ...setCommands,
  ...bitmapCommands,
  ...hyperLogLogCommands,
  ...hashCommands,
  ...listCommands,
  ...sortedSetCommands,
  ...geoCommands,
  ...serverCommands,
  ...genericCommands,
  ...transactionCommands,
  ...pubSubCommands,
];
