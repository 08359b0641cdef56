/** The two ends of a list: LEFT and RIGHT in commands. */
export enum ListEnd {
  front = 0,
  back = 1,
}
