import type { Definition } from '../../command/define-command';
import { geoadd } from './geoadd';
import { geodist } from './geodist';
import { geohash } from './geohash';
import { geopos } from './geopos';
import { georadius } from './georadius';
import { georadiusRo } from './georadius-ro';
import { georadiusbymember } from './georadiusbymember';
import { georadiusbymemberRo } from './georadiusbymember-ro';
import { geosearch } from './geosearch';
import { geosearchstore } from './geosearchstore';

/** Geospatial indexes: sorted sets whose scores are positions on the earth. */
export const geoCommands: readonly Definition[] = [
  geoadd,
  geodist,
  geohash,
  geopos,
  georadius,
  georadiusRo,
  georadiusbymember,
  georadiusbymemberRo,
  geosearch,
  geosearchstore,
];
