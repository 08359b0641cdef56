/** Most look-ups that can be foreseen at once. */
export const MOST_FORESEEN = 32;

/** Places in which a key is found again by where it starts. */
const PLACES = 128;
const PLACE_MASK = PLACES - 1;

/** Words of a place. */
export enum Place {
  start = 0,
  end = 1,
  hash = 2,
  /** The batch that the place belongs to; of any other one it is empty. */
  batch = 3,
  /** Address of the record that the key led to, as far as its chain was followed. */
  record = 4,
  words = 8,
}

/** What a table knows of look-ups to come: where the keys stand, their hashes, and the records that they lead to. */
export class Foresight {
  /** The bytes that the keys stand in, or null while nothing is foreseen. */
  bytes: Uint8Array | null = null;
  /** The table that they are looked up in, and its version then: records are void once it has changed. */
  root = 0;
  version = 0;
  readonly places = new Int32Array(PLACES * Place.words);
  /** Places of the current batch, in the order of the keys. */
  readonly order = new Int32Array(MOST_FORESEEN);
  private batch = 0;

  /** Begins a batch of keys in `bytes`; what was known of an earlier one is void. O(1). */
  begin(bytes: Uint8Array, root: number, version: number): void {
    this.bytes = bytes;
    this.root = root;
    this.version = version;
    this.batch = (this.batch + 1) | 0;
  }

  end(): void {
    this.bytes = null;
  }

  /** Notes that look-up `index` is of the key at `start` to `end`. O(1). */
  add(index: number, start: number, end: number, hash: number): void {
    const place = placeOf(start);
    const { places } = this;
    places[place + Place.start] = start;
    places[place + Place.end] = end;
    places[place + Place.hash] = hash;
    places[place + Place.batch] = this.batch;
    this.order[index] = place;
  }

  /** The place of the key at `start` to `end`, or -1 if it was not foreseen (or another key has taken its place). O(1). */
  find(start: number, end: number): number {
    const { places } = this;
    const place = placeOf(start);
    return places[place + Place.start] === start &&
      places[place + Place.end] === end &&
      places[place + Place.batch] === this.batch
      ? place
      : -1;
  }
}

/** Requests of a pipeline stand at least 16 bytes apart. */
function placeOf(start: number): number {
  return ((start >>> 4) & PLACE_MASK) * Place.words;
}
