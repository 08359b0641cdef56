export type { RandomOptions } from './random/random-source';
export { type KeyRange, type KeyRangeOptions, SkipList } from './skip-list/skip-list';
export type { Member } from './sorted-set/member-codec';
export { SortedSet } from './sorted-set/sorted-set';
export type {
  LexRange,
  RangeWindow,
  ScoredMember,
  ScoreRange,
  SortedSetOptions,
} from './sorted-set/sorted-set-options';
export { ElementCursor } from './sorted-set-table/element-cursor';
export { LexBound } from './sorted-set-table/lex-bound';
export { SortedSetTable } from './sorted-set-table/sorted-set-table';
