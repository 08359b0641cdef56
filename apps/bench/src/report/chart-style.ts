/** A colour in light and in dark mode. */
type Color = readonly [light: string, dark: string];

/**
 * Colours of the series, after Okabe and Ito: the colour-blind can tell them apart, and the contrast with the background is sufficient
 * in both modes.
 */
const SERIES_COLORS: readonly Color[] = [
  ['#6b7280', '#9ca3af'],
  ['#0060b0', '#56b4e9'],
  ['#00795a', '#2fcf9f'],
  ['#b45309', '#f5a623'],
  ['#a3266f', '#f08cc4'],
  ['#6d3fc0', '#b79cf7'],
  ['#b42318', '#ff8f85'],
  ['#0e7490', '#67d8ee'],
];
/** Lines differ without colours, too; null is a solid line. */
const DASHES = [null, null, '7 3', '2 3', '9 3 2 3', '4 2', '12 3', '1 2'] as const;
/** Servers have the same colour in every chart. */
const SERIES_OF_SERVERS: Readonly<Record<string, number>> = {
  'redis-server': 0,
  'nanoredis io_uring': 1,
  'nanoredis epoll': 2,
  'nanoredis libuv': 3,
  'valkey-server': 4,
};

/** Colours that do not belong to a series. */
export const BASE_COLORS = {
  ground: ['#ffffff', '#0f1419'],
  ink: ['#1b2330', '#e6eaf0'],
  faint: ['#5b6675', '#9aa5b4'],
  rule: ['#d8dde4', '#2c3540'],
  raised: ['#f5f7f9', '#171e26'],
  failed: SERIES_COLORS[3]!,
} as const satisfies Record<string, Color>;

/** The attributes of the whole chart. What has no colour of its own, such as text, has that of the ink. */
export const chartAttributes =
  `class="chart" font-family="system-ui,-apple-system,'Segoe UI',Roboto,sans-serif" font-size="12" ` +
  `fill="${BASE_COLORS.ink[0]}"`;

/*
 * The attributes of elements. Light colours are presentation attributes, which every renderer knows; classes are only for the dark mode of
 * browsers.
 */
export const groundAttributes = `class="ground" fill="${BASE_COLORS.ground[0]}"`;
export const axisAttributes = `class="axis" fill="${BASE_COLORS.faint[0]}"`;
export const gridAttributes = `class="grid" stroke="${BASE_COLORS.rule[0]}"`;
export const markAttributes = `class="ink" stroke="${BASE_COLORS.ink[0]}" stroke-dasharray="3 3"`;
export const whiskerAttributes = `class="ink" stroke="${BASE_COLORS.ink[0]}" stroke-opacity="0.6"`;

/** The attributes of an area of a series, by the number of the series. */
export function fillAttributes(series: number): string {
  return `class="f${series}" fill="${SERIES_COLORS[series]![0]}"`;
}

/** The attributes of a line of a series, by the number of the series. */
export function lineAttributes(series: number): string {
  const dash = DASHES[series] == null ? '' : ` stroke-dasharray="${DASHES[series]}"`;
  return `class="l${series}" fill="none" stroke="${SERIES_COLORS[series]![0]}" stroke-width="2"${dash}`;
}

/** The number of a series: that of a known server, or the next number that no server of the chart has. */
export function seriesNumber(name: string, all: readonly string[]): number {
  const own = SERIES_OF_SERVERS[name];
  if (own !== undefined) return own;
  const used = new Set(all.map((each) => SERIES_OF_SERVERS[each]));
  const free = SERIES_COLORS.map((_, series) => series).filter((series) => !used.has(series));
  const others = all.filter((each) => SERIES_OF_SERVERS[each] === undefined);
  return free[others.indexOf(name) % free.length]!;
}

/** A style sheet with the dark colours of charts. */
export const darkChartStyle = `@media (prefers-color-scheme:dark){${[
  `svg.chart{fill:${BASE_COLORS.ink[1]}}`,
  `svg.chart .ground{fill:${BASE_COLORS.ground[1]}}`,
  `svg.chart .axis{fill:${BASE_COLORS.faint[1]}}`,
  `svg.chart .grid{stroke:${BASE_COLORS.rule[1]}}`,
  `svg.chart .ink{stroke:${BASE_COLORS.ink[1]}}`,
  ...SERIES_COLORS.flatMap(([, dark], series) => [
    `svg.chart .f${series}{fill:${dark}}`,
    `svg.chart .l${series}{stroke:${dark}}`,
  ]),
].join('')}}`;
