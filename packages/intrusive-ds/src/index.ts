export { type Address, SEGMENT_BYTES, SEGMENT_MASK, SEGMENT_SHIFT } from './arena/address';
export { Arena, type ArenaOptions } from './arena/arena';
export { ArenaError, ArenaFullError } from './arena/arena-errors';
export type { HashSeed } from './hash-table/half-sip-hash';
export { HashTable, type HashTableLayout, type HashTableStatistics, KEY_LENGTH_MASK } from './hash-table/hash-table';
export { TimingWheel, type TimingWheelLayout } from './timing-wheel/timing-wheel';
