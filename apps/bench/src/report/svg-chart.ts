import { scaleBand, scaleLinear, scaleLog, scalePoint } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { BarChart, Chart, LineChart, Value } from './chart';
import { chartStyle, colorStyle, seriesClass } from './chart-style';
import { escapeMarkup } from './markup';

const LINE_HEIGHT = 18;
const TITLE_HEIGHT = 22;
/** The mean width of a character of 12 px, on the safe side: there is no browser here to measure text. */
const CHARACTER_WIDTH = 6.7;
const PLOT_HEIGHT = 220;
const AXIS_HEIGHT = 40;
const BAR_HEIGHT = 13;
const GROUP_GAP = 9;
/** Room for a value behind the longest bar. */
const VALUE_WIDTH = 44;

/** A chart as an SVG element of a width in pixels, to stand in a page that has `chartStyle` and `colorStyle`. */
export function svgChart(chart: Chart, width: number): string {
  return chart.kind === 'lines' ? svgLines(chart, width) : svgBars(chart, width);
}

/** A chart as a file of its own, in the colours of who looks at it. */
export function svgFile(chart: Chart, width: number): string {
  const style = `<style>${colorStyle}\n${chartStyle}</style><rect width="100%" height="100%" fill="var(--ground)"/>`;
  return `${svgChart(chart, width).replace('>', ` xmlns="http://www.w3.org/2000/svg">${style}`)}\n`;
}

function svgLines(chart: LineChart, width: number): string {
  const names = chart.series.map(({ name }) => name);
  const { markup: legend, height: legendHeight } = legendOf(names, width, 'line');
  const top = TITLE_HEIGHT + legendHeight + 10;
  const [left, right] = [46, width - 28];
  const bottom = top + PLOT_HEIGHT;
  const values = chart.series.flatMap((series) => series.values).filter((value) => value !== undefined);
  const most = Math.max(...values.map(({ high }) => high));
  const least = Math.min(...values.map(({ low }) => low).filter((low) => low > 0));
  const y = chart.isLogarithmic
    ? scaleLog([least, most], [bottom, top]).nice()
    : scaleLinear([0, most], [bottom, top]).nice(5);
  const x = scalePoint(chart.places, [left + 14, right]);
  const at = (place: number): number => x(chart.places[place]!) ?? left;
  const up = (value: number): number => y(chart.isLogarithmic ? Math.max(value, least) : value);

  const ticks = chart.isLogarithmic ? decades(y.ticks()) : y.ticks(5);
  const grid = ticks.map(
    (tick) =>
      `<path class="grid" d="M${left},${round(y(tick))}H${right}"/>` +
      `<text class="axis" x="${left - 6}" y="${round(y(tick) + 4)}" text-anchor="end">${compact(tick)}</text>`,
  );
  const every = Math.ceil(
    (Math.max(...chart.places.map(({ length }) => length)) * CHARACTER_WIDTH + 8) / step(x, right),
  );
  const places = chart.places
    .map((place, index) => ({ place, index }))
    .filter(({ index }) => (chart.places.length - 1 - index) % every === 0)
    .map(
      ({ place, index }) =>
        `<text class="axis" x="${round(at(index))}" y="${bottom + 16}" text-anchor="middle">${escapeMarkup(place)}</text>`,
    );
  const curves = chart.series.map(({ name, values: own }) => {
    const style = seriesClass(name, names);
    const measured = own.flatMap((value, place) => (value === undefined ? [] : [{ place, value }]));
    const band = area<(typeof measured)[number]>(
      ({ place }) => at(place),
      ({ value }) => up(value.low),
      ({ value }) => up(value.high),
    ).digits(1);
    const middle = line<(typeof measured)[number]>(
      ({ place }) => at(place),
      ({ value }) => up(value.middle),
    ).digits(1);
    const dots = measured.map(
      ({ place, value }) =>
        `<circle class="${style}" cx="${round(at(place))}" cy="${round(up(value.middle))}" r="3"><title>` +
        `${escapeMarkup(`${name}, ${chart.xTitle} ${chart.places[place]}: ${exact(value.middle)} ${chart.unit}`)}</title></circle>`,
    );
    return `<path class="band ${style}" d="${band(measured)}"/><path class="line ${style}" d="${middle(measured)}"/>${dots.join('')}`;
  });
  const caption = `<text class="axis" x="${(left + right) / 2}" y="${bottom + 34}" text-anchor="middle">${escapeMarkup(chart.xTitle)}</text>`;
  const body = [legend, ...grid, ...places, caption, ...curves];
  return frame(chart, width, bottom + AXIS_HEIGHT, body);
}

function svgBars(chart: BarChart, width: number): string {
  const { markup: legend, height: legendHeight } = legendOf(chart.series, width, 'bar');
  const top = TITLE_HEIGHT + legendHeight + 6;
  const longest = Math.max(...chart.groups.map(({ name }) => name.length));
  const left = Math.min(longest * CHARACTER_WIDTH + 10, width * 0.42);
  const right = width - VALUE_WIDTH;
  const groupHeight = chart.series.length * BAR_HEIGHT + GROUP_GAP;
  const bottom = top + chart.groups.length * groupHeight;
  const values = chart.groups.flatMap((group) => group.values).filter((value) => value !== undefined);
  const x = scaleLinear([0, Math.max(chart.mark ?? 0, ...values.map(({ high }) => high))], [left, right]);
  const groups = scaleBand(
    chart.groups.map((_, index) => index),
    [top, bottom],
  );
  const rows = chart.groups.map(({ name, values: own }, index) => {
    const start = (groups(index) ?? top) + GROUP_GAP / 2;
    const label =
      `<text x="${round(left - 6)}" y="${round(start + (chart.series.length * BAR_HEIGHT) / 2 + 4)}" text-anchor="end">` +
      `${escapeMarkup(shorten(name, (left - 6) / CHARACTER_WIDTH))}</text>`;
    return label + own.map((value, place) => barOf(chart, value, place, name, start, x)).join('');
  });
  const mark = chart.mark === undefined ? '' : `<path class="mark" d="M${round(x(chart.mark))},${top}V${bottom}"/>`;
  return frame(chart, width, bottom + 8, [legend, mark, ...rows]);
}

function barOf(
  chart: BarChart,
  value: Value | undefined,
  place: number,
  group: string,
  groupStart: number,
  x: (value: number) => number,
): string {
  if (value === undefined) return '';
  const name = chart.series[place]!;
  const y = groupStart + place * BAR_HEIGHT;
  const middle = y + (BAR_HEIGHT - 1) / 2;
  // Ratios are compared digit by digit.
  const label = chart.mark === undefined ? exact(value.middle) : value.middle.toFixed(2);
  const title = `${group}, ${name}: ${label} ${chart.unit}`;
  return (
    `<rect class="${seriesClass(name, chart.series)}" x="${round(x(0))}" y="${round(y)}" width="${round(x(value.middle) - x(0))}" ` +
    `height="${BAR_HEIGHT - 2}" rx="1.5"><title>${escapeMarkup(title)}</title></rect>` +
    (value.high > value.low
      ? `<path class="whisker" d="M${round(x(value.low))},${middle}H${round(x(value.high))}"/>`
      : '') +
    `<text x="${round(x(value.high) + 5)}" y="${round(middle + 4)}">${label}</text>`
  );
}

function frame(chart: Chart, width: number, height: number, body: readonly string[]): string {
  const name = escapeMarkup(`${chart.title}, ${chart.unit}`);
  const title =
    `<text class="title" x="0" y="15">${escapeMarkup(chart.title)}` +
    `<tspan class="axis" dx="6" font-weight="400" font-size="12">${escapeMarkup(chart.unit)}</tspan></text>`;
  return `<svg class="chart" viewBox="0 0 ${width} ${Math.ceil(height)}" width="${width}" role="img" aria-label="${name}">${title}${body.join('')}</svg>`;
}

function legendOf(names: readonly string[], width: number, mark: 'line' | 'bar'): { markup: string; height: number } {
  let [x, y] = [0, TITLE_HEIGHT + 13];
  const entries = names.map((name) => {
    const entryWidth = 24 + name.length * CHARACTER_WIDTH + 14;
    if (x > 0 && x + entryWidth > width) [x, y] = [0, y + LINE_HEIGHT];
    const style = seriesClass(name, names);
    const sign =
      mark === 'line'
        ? `<path class="line ${style}" d="M${round(x)},${y - 4}h18"/>`
        : `<rect class="${style}" x="${round(x)}" y="${y - 10}" width="16" height="11" rx="1.5"/>`;
    const entry = `${sign}<text x="${round(x + 23)}" y="${y}">${escapeMarkup(name)}</text>`;
    x += entryWidth;
    return entry;
  });
  return { markup: entries.join(''), height: y - TITLE_HEIGHT + 4 };
}

/** Powers of ten alone where there are several: the rest of a logarithmic axis needs no names. */
function decades(ticks: readonly number[]): number[] {
  const powers = ticks.filter((tick) => Number.isInteger(Number(Math.log10(tick).toFixed(6))));
  return powers.length >= 2 ? powers : ticks.filter((_, index) => index % 2 === 0);
}

function step(x: { step(): number }, whole: number): number {
  // A single place has no distance to the next.
  return x.step() || whole;
}

function shorten(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, Math.max(1, Math.floor(characters) - 1))}…`;
}

const compactFormat = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });

function compact(value: number): string {
  return compactFormat.format(value);
}

/** Three significant digits, in groups of thousands. */
function exact(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 3 });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
