import type { Definition } from '../command/define-command';
import { bitmapCommands } from './bitmap';
import { connectionCommands } from './connection';
import { genericCommands } from './generic';
import { serverCommands } from './server';
import { stringCommands } from './string';
import { transactionCommands } from './transactions';

/** Every command of the server; a family's own index names its commands. */
export const commands: readonly Definition[] = [
  ...connectionCommands,
  ...stringCommands,
  ...bitmapCommands,
  ...serverCommands,
  ...genericCommands,
  ...transactionCommands,
];
