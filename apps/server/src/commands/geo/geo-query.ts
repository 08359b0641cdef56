import type { Address } from '@nanoredis/intrusive-ds';
import { ReplyError, SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import { GeoPosition } from '../../values/geo/geo-grid';
import { GeoShape } from '../../values/geo/geo-shape';
import type { SortedSets } from '../../values/sorted-set/sorted-sets';
import { requireNumber, requirePosition, requireUnit } from './geo-arguments';

/** The syntax of a search command. */
export interface GeoForm {
  /** Index of the key to search. */
  readonly source: 1 | 2;
  /** Where the centre is given: before the options, as coordinates or as a member, or in an option. */
  readonly center: 'coordinates' | 'member' | 'option';
  /** Whether the result is stored: never, at the key of an option, or always at the key in argument 1. */
  readonly stores: 'no' | 'option' | 'always';
}

const NEEDS_RADIUS = new ReplyError('ERR need numeric radius');
const NEEDS_WIDTH = new ReplyError('ERR need numeric width');
const NEEDS_HEIGHT = new ReplyError('ERR need numeric height');
const NEGATIVE_RADIUS = new ReplyError('ERR radius cannot be negative');
const NEGATIVE_SIDE = new ReplyError('ERR height or width cannot be negative');
const NO_SUCH_MEMBER = new ReplyError('ERR could not decode requested zset member');
const COUNT_NOT_POSITIVE = new ReplyError('ERR COUNT must be > 0');
const ANY_WITHOUT_COUNT = new ReplyError('ERR the ANY argument requires COUNT argument');
const EXTRAS = 'is not compatible with WITHDIST, WITHHASH and WITHCOORD options';
const STORED_EXTRAS = new ReplyError(`ERR STORE option in GEORADIUS ${EXTRAS}`);
const SEARCH_STORED_EXTRAS = new ReplyError(`ERR GEOSEARCHSTORE ${EXTRAS}`);

/** The parsed arguments of a search. One object serves all searches. */
export class GeoQuery {
  readonly shape = new GeoShape();
  withDistance = false;
  withHash = false;
  withCoordinates = false;
  order: 'none' | 'ascending' | 'descending' = 'none';
  /** Maximum number of members, or 0 for all. */
  count = 0;
  /** ANY: the search may end as soon as there are enough members. */
  isAny = false;
  /** Index of the destination key, or 0. */
  target = 0;
  /** STOREDIST: stored scores are distances in the unit. */
  storesDistances = false;
  readonly #position = new GeoPosition();
  #hasCenterOption = false;
  #isMemberCenter = false;
  #hasShapeOption = false;

  /**
   * Parses the arguments of a search in the sorted set at `entry`. `entry` is 0 if the key is missing: as in Redis, centre and
   * size are not fully validated then.
   * @throws ReplyError when the arguments are invalid.
   */
  read(args: Arguments, form: GeoForm, sets: SortedSets, entry: Address): void {
    this.#reset();
    if (form.stores === 'always') this.target = 1;
    this.#readOptions(args, form, sets, entry, this.#readFront(args, form, sets, entry));
    if (this.target !== 0 && (this.withDistance || this.withHash || this.withCoordinates)) {
      throw form.stores === 'always' ? SEARCH_STORED_EXTRAS : STORED_EXTRAS;
    }
    if (form.center === 'option') this.#checkOptions(args);
    if (this.isAny && this.count === 0) throw ANY_WITHOUT_COUNT;
    // COUNT without ANY and without an order returns the nearest members.
    if (this.count !== 0 && this.order === 'none' && !this.isAny) this.order = 'ascending';
  }

  #reset(): void {
    this.shape.isBox = false;
    this.withDistance = false;
    this.withHash = false;
    this.withCoordinates = false;
    this.order = 'none';
    this.count = 0;
    this.isAny = false;
    this.target = 0;
    this.storesDistances = false;
    this.#hasCenterOption = false;
    this.#isMemberCenter = false;
    this.#hasShapeOption = false;
  }

  /** Parses the arguments before the options; returns the index of the first option. */
  #readFront(args: Arguments, form: GeoForm, sets: SortedSets, entry: Address): number {
    if (form.center === 'option') return form.source + 1;
    if (form.center === 'coordinates') {
      requirePosition(args, 2, this.shape);
      this.#readCircle(args, 4);
      return 6;
    }
    if (entry !== 0) {
      this.#moveToMember(args, 2, sets, entry);
      this.#readCircle(args, 3);
    }
    return 5;
  }

  #readOptions(args: Arguments, form: GeoForm, sets: SortedSets, entry: Address, first: number): void {
    for (let i = first; i < args.count; i++) {
      if (args.equals(i, 'withdist')) this.withDistance = true;
      else if (args.equals(i, 'withhash')) this.withHash = true;
      else if (args.equals(i, 'withcoord')) this.withCoordinates = true;
      else if (args.equals(i, 'any')) this.isAny = true;
      else if (args.equals(i, 'asc')) this.order = 'ascending';
      else if (args.equals(i, 'desc')) this.order = 'descending';
      else if (args.equals(i, 'count') && i + 1 < args.count) this.#readCount(args, ++i);
      else if (form.center === 'option') i += this.#readSearchOption(args, form, sets, entry, i);
      else if (form.stores === 'option' && i + 1 < args.count) this.#readStore(args, i++);
      else throw SYNTAX_ERROR;
    }
  }

  #readCount(args: Arguments, index: number): void {
    const count = args.requireInteger(index);
    if (count <= 0) throw COUNT_NOT_POSITIVE;
    this.count = count;
  }

  #readStore(args: Arguments, index: number): void {
    const isDistance = args.equals(index, 'storedist');
    if (!isDistance && !args.equals(index, 'store')) throw SYNTAX_ERROR;
    this.storesDistances = isDistance;
    this.target = index + 1;
  }

  /** Parses an option that only GEOSEARCH has; returns its number of arguments besides the name. */
  #readSearchOption(args: Arguments, form: GeoForm, sets: SortedSets, entry: Address, index: number): number {
    const rest = args.count - 1 - index;
    if (form.stores === 'always' && args.equals(index, 'storedist')) {
      this.storesDistances = true;
      return 0;
    }
    if (rest >= 1 && args.equals(index, 'frommember') && !(this.#hasCenterOption && !this.#isMemberCenter)) {
      if (entry !== 0) this.#moveToMember(args, index + 1, sets, entry);
      this.#hasCenterOption = true;
      this.#isMemberCenter = true;
      return 1;
    }
    if (rest >= 2 && args.equals(index, 'fromlonlat') && !this.#isMemberCenter) {
      requirePosition(args, index + 1, this.shape);
      this.#hasCenterOption = true;
      return 2;
    }
    if (rest >= 2 && args.equals(index, 'byradius') && !this.shape.isBox) {
      this.#readCircle(args, index + 1);
      this.#hasShapeOption = true;
      return 2;
    }
    if (rest >= 3 && args.equals(index, 'bybox') && !(this.#hasShapeOption && !this.shape.isBox)) {
      this.#readBox(args, index + 1);
      this.#hasShapeOption = true;
      return 3;
    }
    throw SYNTAX_ERROR;
  }

  #checkOptions(args: Arguments): void {
    if (!this.#hasCenterOption) {
      throw new ReplyError(`ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for ${args.toCText(0)}`);
    }
    if (!this.#hasShapeOption) {
      throw new ReplyError(`ERR exactly one of BYRADIUS and BYBOX can be specified for ${args.toCText(0)}`);
    }
  }

  #moveToMember(args: Arguments, index: number, sets: SortedSets, entry: Address): void {
    const score = sets.scoreOf(entry, args.bytes, args.start(index), args.end(index));
    if (Number.isNaN(score)) throw NO_SUCH_MEMBER;
    const { longitude, latitude } = this.#position.decode(score);
    this.shape.longitude = longitude;
    this.shape.latitude = latitude;
  }

  #readCircle(args: Arguments, index: number): void {
    const radius = requireNumber(args, index, NEEDS_RADIUS);
    if (radius < 0) throw NEGATIVE_RADIUS;
    this.shape.radius = radius;
    this.shape.metresPerUnit = requireUnit(args, index + 1);
    this.shape.isBox = false;
  }

  #readBox(args: Arguments, index: number): void {
    const width = requireNumber(args, index, NEEDS_WIDTH);
    const height = requireNumber(args, index + 1, NEEDS_HEIGHT);
    if (width < 0 || height < 0) throw NEGATIVE_SIDE;
    this.shape.width = width;
    this.shape.height = height;
    this.shape.metresPerUnit = requireUnit(args, index + 2);
    this.shape.isBox = true;
  }
}
