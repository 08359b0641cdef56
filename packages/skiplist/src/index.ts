export type { RandomOptions } from './random/random-source';
export { type KeyRange, type KeyRangeOptions, SkipList } from './skip-list/skip-list';
export { LexBound } from './sorted-set-table/lex-bound';
export { SortedSetTable } from './sorted-set-table/sorted-set-table';
