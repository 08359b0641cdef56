export { type Address, SEGMENT_BYTES, SEGMENT_MASK, SEGMENT_SHIFT } from './arena/address';
export { Arena, type ArenaOptions } from './arena/arena';
export { ArenaError, ArenaFullError } from './arena/arena-errors';
export type { HashSeed } from './hash-table/half-sip-hash';
export { HashTable, type HashTableStatistics } from './hash-table/hash-table';
export { type HashTableLayout, KEY_LENGTH_MASK } from './hash-table/hash-table-layout';
export { TimingWheel } from './timing-wheel/timing-wheel';
export type { TimingWheelLayout } from './timing-wheel/timing-wheel-layout';
