import type { Definition } from '../../command/define-command';
import { bitcount } from './bitcount';
import { bitfield } from './bitfield';
import { bitfieldRo } from './bitfield-ro';
import { bitop } from './bitop';
import { bitpos } from './bitpos';
import { getbit } from './getbit';
import { setbit } from './setbit';

/** Bitmaps: strings as sequences of bits. */
export const bitmapCommands: readonly Definition[] = [bitcount, bitfield, bitfieldRo, bitop, bitpos, getbit, setbit];
