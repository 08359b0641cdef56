/** How a figure is shown, and whether more or less is better. */
export interface FigureTraits {
  readonly title: string;
  readonly better: 'more' | 'less';
  readonly decimals: number;
}

/** Every figure that a run can have. The name includes the unit; the title is for tables. */
export const FIGURES = {
  requestsPerSecond: { title: 'requests/s', better: 'more', decimals: 0 },
  p50Ms: { title: 'p50 ms', better: 'less', decimals: 2 },
  p95Ms: { title: 'p95 ms', better: 'less', decimals: 2 },
  p99Ms: { title: 'p99 ms', better: 'less', decimals: 2 },
  p999Ms: { title: 'p99.9 ms', better: 'less', decimals: 2 },
  maxMs: { title: 'max ms', better: 'less', decimals: 1 },
  cpuMicroseconds: { title: 'CPU us/request', better: 'less', decimals: 2 },
  userCpuMicroseconds: { title: 'user', better: 'less', decimals: 2 },
  systemCpuMicroseconds: { title: 'system', better: 'less', decimals: 2 },
  bytesPerElement: { title: 'bytes each', better: 'less', decimals: 1 },
  usedBytesPerElement: { title: 'used each', better: 'less', decimals: 1 },
  elementsPerSecond: { title: 'written/s', better: 'more', decimals: 0 },
  residentMebibytes: { title: 'RSS MiB', better: 'less', decimals: 0 },
  addedMebibytes: { title: 'added MiB', better: 'less', decimals: 0 },
  usedMebibytes: { title: 'used MiB', better: 'less', decimals: 0 },
  startMs: { title: 'start ms', better: 'less', decimals: 1 },
  idleCpuPercent: { title: 'idle CPU %', better: 'less', decimals: 2 },
  loopDelayMs: { title: 'loop stall ms', better: 'less', decimals: 1 },
  overLimitMebibytes: { title: 'MiB over', better: 'less', decimals: 3 },
  underLimitMebibytes: { title: 'MiB under', better: 'less', decimals: 3 },
  memoryBackMs: { title: 'memory back ms', better: 'less', decimals: 0 },
  hitPercent: { title: 'hits %', better: 'more', decimals: 2 },
  nanosecondsPerOperation: { title: 'ns CPU', better: 'less', decimals: 1 },
} as const satisfies Record<string, FigureTraits>;

export type FigureName = keyof typeof FIGURES;

/** The figures of one run. */
export type Figures = { readonly [name in FigureName]?: number };

/** A figure as text, with its number of decimals and separators of thousands. */
export function formatFigure(name: FigureName, value: number): string {
  const { decimals } = FIGURES[name];
  return value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
