/** What a bound of a lexicographic range is: the numbers may be stored and passed around. */
export enum LexBound {
  /** The member of the bound is in the range: `[member` in Redis. */
  inclusive = 0,
  /** The member of the bound is outside of the range: `(member` in Redis. */
  exclusive = 1,
  /** Before all members: `-` in Redis. */
  minusInfinity = 2,
  /** Behind all members: `+` in Redis. */
  plusInfinity = 3,
}
