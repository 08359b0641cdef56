import type { Definition } from '../../command/define-command';
import { auth } from './auth';
import { client } from './client';
import { echo } from './echo';
import { hello } from './hello';
import { ping } from './ping';
import { quit } from './quit';
import { reset } from './reset';
import { select } from './select';

/** Commands for the client's connection. */
export const connectionCommands: readonly Definition[] = [auth, client, echo, hello, ping, quit, reset, select];
