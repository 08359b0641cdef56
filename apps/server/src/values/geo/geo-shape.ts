import { greatCircleMetres } from './great-circle';

/** A circle or a box around a position, in a unit of its own. One object is reused for many searches. */
export class GeoShape {
  /** Degrees of the centre. */
  longitude = 0;
  latitude = 0;
  isBox = false;
  /** Radius of a circle, in the unit. */
  radius = 0;
  /** Sides of a box, in the unit. */
  width = 0;
  height = 0;
  metresPerUnit = 1;

  /** Metres from the centre to the farthest point, as if the earth were flat. */
  get reachMetres(): number {
    if (!this.isBox) return this.radius * this.metresPerUnit;
    const x = this.width / 2;
    const y = this.height / 2;
    return Math.sqrt(x * x + y * y) * this.metresPerUnit;
  }

  /** Metres from the centre to a position in degrees, or -1 if that is outside. O(1). */
  distanceWithin(longitude: number, latitude: number): number {
    if (this.isBox) {
      const width = this.width * this.metresPerUnit;
      const height = this.height * this.metresPerUnit;
      if (greatCircleMetres(longitude, latitude, longitude, this.latitude) > height / 2) return -1;
      if (greatCircleMetres(longitude, latitude, this.longitude, latitude) > width / 2) return -1;
    }
    const metres = greatCircleMetres(this.longitude, this.latitude, longitude, latitude);
    return !this.isBox && metres > this.radius * this.metresPerUnit ? -1 : metres;
  }
}
