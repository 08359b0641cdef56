/** A median with the range of its rounds. */
export interface Value {
  readonly middle: number;
  readonly low: number;
  readonly high: number;
}

/** Lines over an axis with named places, one line for each server. */
export interface LineChart {
  readonly kind: 'lines';
  readonly title: string;
  /** The unit of the y axis. */
  readonly unit: string;
  /** The title of the x axis. */
  readonly xTitle: string;
  /** The places of the x axis from left to right, at equal distances, as for powers of two and percentiles. */
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
  /** The value at which a line is drawn for comparison. */
  readonly mark?: number;
}

export type Chart = LineChart | BarChart;
