/** Colours in light and dark, apart for the colour-blind too (after Okabe and Ito), with enough contrast on either ground. */
const COLORS = [
  ['#6b7280', '#9ca3af'],
  ['#0060b0', '#56b4e9'],
  ['#00795a', '#2fcf9f'],
  ['#b45309', '#f5a623'],
  ['#a3266f', '#f08cc4'],
  ['#6d3fc0', '#b79cf7'],
] as const;
/** Lines are told apart without colours too. */
const DASHES = ['none', 'none', '7 3', '2 3', '9 3 2 3', '4 2'];
/** Servers keep their colour from chart to chart. */
const PLACES: Readonly<Record<string, number>> = {
  'redis-server': 0,
  'nanoredis io_uring': 1,
  'nanoredis epoll': 2,
  'nanoredis libuv': 3,
  'valkey-server': 4,
};

/** The class of a series in a chart; what has no place of its own takes the next that is free. */
export function seriesClass(name: string, all: readonly string[]): string {
  const own = PLACES[name];
  if (own !== undefined) return `s${own}`;
  const taken = new Set(all.map((each) => PLACES[each]).filter((place) => place !== undefined));
  const free = COLORS.map((_, place) => place).filter((place) => !taken.has(place));
  const strangers = all.filter((each) => PLACES[each] === undefined);
  return `s${free[strangers.indexOf(name) % free.length]}`;
}

const ground = [
  ['ground', '#ffffff', '#0f1419'],
  ['ink', '#1b2330', '#e6eaf0'],
  ['faint', '#5b6675', '#9aa5b4'],
  ['rule', '#d8dde4', '#2c3540'],
  ['raised', '#f5f7f9', '#171e26'],
] as const;

function variables(scheme: 0 | 1): string {
  const base = ground.map(([name, ...colors]) => `--${name}:${colors[scheme]}`);
  return [...base, ...COLORS.map((colors, place) => `--s${place}:${colors[scheme]}`)].join(';');
}

/** The colours as CSS variables, for light and dark. */
export const colorStyle = `:root{color-scheme:light dark;${variables(0)}}@media (prefers-color-scheme:dark){:root{${variables(1)}}}`;

/** How charts look; the colours are variables. */
export const chartStyle = [
  'svg.chart text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--ink)}',
  'svg.chart .axis{fill:var(--faint)}',
  'svg.chart .title{font-weight:600;font-size:14px}',
  'svg.chart .grid{stroke:var(--rule)}',
  'svg.chart .mark{stroke:var(--ink);stroke-dasharray:3 3}',
  'svg.chart .line{fill:none;stroke-width:2}',
  'svg.chart .band{opacity:.16;stroke:none}',
  'svg.chart .whisker{stroke:var(--ink);stroke-opacity:.6}',
  ...COLORS.map(
    (_, place) =>
      `svg.chart .s${place}{fill:var(--s${place})}svg.chart .line.s${place}{fill:none;stroke:var(--s${place});stroke-dasharray:${DASHES[place]}}`,
  ),
].join('\n');
