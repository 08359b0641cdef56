import type { Address } from '@nanoredis/intrusive-ds';
import type { ValueType } from '../values/entry';

/** What the tables of watched and blocked keys ask of a database. See Database for what the methods do. */
export interface KeyLookup {
  readonly index: number;
  findRaw(key: Uint8Array, start: number, end: number): Address;
  findForChange(key: Uint8Array, start: number, end: number): Address;
  isExpired(key: Uint8Array, start: number, end: number): boolean;
  typeOf(entry: Address): ValueType;
}
