/** A value, with the range of its rounds. */
export interface Value {
  readonly middle: number;
  readonly low: number;
  readonly high: number;
}

/** Lines over an axis of places, one line for each server. */
export interface LineChart {
  readonly kind: 'lines';
  readonly title: string;
  /** What y counts. */
  readonly unit: string;
  /** What the places are. */
  readonly xTitle: string;
  /** The places from left to right; they stand at equal distances, as doublings and percentiles should. */
  readonly places: readonly string[];
  /** Values by place; undefined where nothing was measured. */
  readonly series: readonly { readonly name: string; readonly values: readonly (Value | undefined)[] }[];
  readonly isLogarithmic: boolean;
}

/** Horizontal bars in groups, one bar for each server. */
export interface BarChart {
  readonly kind: 'bars';
  readonly title: string;
  readonly unit: string;
  readonly series: readonly string[];
  /** Values by series. */
  readonly groups: readonly { readonly name: string; readonly values: readonly (Value | undefined)[] }[];
  /** Where a line stands that all are compared with. */
  readonly mark?: number;
}

export type Chart = LineChart | BarChart;
