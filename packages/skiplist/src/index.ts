export { LexBound } from './sorted-set-table/lex-bound';
export { SortedSetTable } from './sorted-set-table/sorted-set-table';
