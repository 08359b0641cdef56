import { defineContainer } from '../../../command/define-command';
import { pubsubChannels } from './channels';
import { pubsubHelp } from './help';
import { pubsubNumpat } from './numpat';
import { pubsubNumsub } from './numsub';
import { pubsubShardchannels } from './shardchannels';
import { pubsubShardnumsub } from './shardnumsub';

export const pubsub = defineContainer({
  name: 'pubsub',
  summary: 'A container for Pub/Sub commands',
  since: '2.8.0',
  group: 'pubsub',
  complexity: 'Depends on subcommand.',
  arity: -2,
  flags: [],
  categories: [],
  subcommands: [pubsubNumpat, pubsubHelp, pubsubChannels, pubsubNumsub, pubsubShardnumsub, pubsubShardchannels],
});
