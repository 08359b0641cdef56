import { NOT_A_FLOAT, ReplyError } from '../../errors';
import type { Arguments } from '../../request/arguments';
import { formatFixed } from '../../values/fixed-text';
import { MAX_LATITUDE, MAX_LONGITUDE } from '../../values/geo/geo-grid';
import { readScore } from '../../values/sorted-set/score-text';

const UNKNOWN_UNIT = new ReplyError('ERR unsupported unit provided. please use M, KM, FT, MI');

const METRES_PER_KILOMETRE = 1000;
const METRES_PER_FOOT = 0.3048;
/** As in redis-server; a mile is 1609.344 metres. */
const METRES_PER_MILE = 1609.34;

/** Scratch of one call: valid until the command ends or calls another command. */
const number = new Float64Array(1);

/**
 * The number at `index`.
 * @throws ReplyError `error` when it is not a number.
 */
export function requireNumber(args: Arguments, index: number, error: ReplyError = NOT_A_FLOAT): number {
  if (!readScore(args.bytes, args.start(index), args.end(index), number, 0)) throw error;
  return number[0]!;
}

/**
 * Metres per unit that the argument at `index` names.
 * @throws ReplyError when there is no such unit.
 */
export function requireUnit(args: Arguments, index: number): number {
  if (args.equals(index, 'm')) return 1;
  if (args.equals(index, 'km')) return METRES_PER_KILOMETRE;
  if (args.equals(index, 'ft')) return METRES_PER_FOOT;
  if (args.equals(index, 'mi')) return METRES_PER_MILE;
  throw UNKNOWN_UNIT;
}

/** Receives a position. */
export interface PositionTarget {
  longitude: number;
  latitude: number;
}

/**
 * Parses the longitude at `index` and the latitude after it into `target`. Allocates nothing.
 * @throws ReplyError when they are not numbers, or out of range.
 */
export function requirePosition(args: Arguments, index: number, target: PositionTarget): void {
  const longitude = requireNumber(args, index);
  const latitude = requireNumber(args, index + 1);
  if (Math.abs(longitude) > MAX_LONGITUDE || Math.abs(latitude) > MAX_LATITUDE) {
    throw new ReplyError(
      `ERR invalid longitude,latitude pair ${formatFixed(longitude, 6)},${formatFixed(latitude, 6)}`,
    );
  }
  target.longitude = longitude;
  target.latitude = latitude;
}
