import { defineContainer } from '../../../command/define-command';
import { clientGetname } from './getname';
import { clientGetredir } from './getredir';
import { clientHelp } from './help';
import { clientId } from './id';
import { clientInfo } from './info';
import { clientKill } from './kill';
import { clientList } from './list';
import { clientNoEvict } from './no-evict';
import { clientPause } from './pause';
import { clientReply } from './reply';
import { clientSetname } from './setname';
import { clientTrackinginfo } from './trackinginfo';
import { clientUnblock } from './unblock';
import { clientUnpause } from './unpause';

export const client = defineContainer({
  name: 'client',
  summary: 'A container for client connection commands',
  since: '2.4.0',
  group: 'connection',
  complexity: 'Depends on subcommand.',
  arity: -2,
  flags: [],
  categories: [],
  subcommands: [
    clientInfo,
    clientTrackinginfo,
    clientSetname,
    clientPause,
    clientHelp,
    clientGetname,
    clientId,
    clientKill,
    clientGetredir,
    clientUnpause,
    clientUnblock,
    clientList,
    clientReply,
    clientNoEvict,
  ],
});
