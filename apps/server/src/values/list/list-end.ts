/** The two ends of a list; commands call them LEFT and RIGHT. */
export enum ListEnd {
  front = 0,
  back = 1,
}
