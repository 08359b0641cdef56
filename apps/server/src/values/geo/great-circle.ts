const RADIANS = Math.PI / 180;

/** Quadratic mean radius of the earth (WGS 84). */
export const EARTH_RADIUS_METRES = 6372797.560856;

/** Degrees as radians. */
export function toRadians(degrees: number): number {
  return degrees * RADIANS;
}

/** Radians as degrees. */
export function toDegrees(radians: number): number {
  return radians / RADIANS;
}

/**
 * Metres between two positions in degrees along the great circle, by the haversine formula in the order of operations of
 * redis-server's geohashGetDistance. O(1).
 */
export function greatCircleMetres(
  longitude1: number,
  latitude1: number,
  longitude2: number,
  latitude2: number,
): number {
  const from = toRadians(latitude1);
  const to = toRadians(latitude2);
  const u = Math.sin((to - from) / 2);
  const v = Math.sin((toRadians(longitude2) - toRadians(longitude1)) / 2);
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.sqrt(u * u + Math.cos(from) * Math.cos(to) * v * v));
}
