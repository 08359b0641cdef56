import type { Definition } from '../../command/define-command';
import { ping } from './ping';

/** What concerns the connection of a client and nobody's data. */
export const connectionCommands: readonly Definition[] = [ping];
