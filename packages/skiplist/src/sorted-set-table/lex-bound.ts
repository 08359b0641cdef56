/** The kind of a bound of a lexicographic range. The numbers do not change between versions. */
export enum LexBound {
  /** The member of the bound is in the range: `[member` in Redis. */
  inclusive = 0,
  /** The member of the bound is not in the range: `(member` in Redis. */
  exclusive = 1,
  /** Before all members: `-` in Redis. */
  minusInfinity = 2,
  /** After all members: `+` in Redis. */
  plusInfinity = 3,
}
