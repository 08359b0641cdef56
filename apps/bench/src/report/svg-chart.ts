import { scaleLinear, scaleLog, scalePoint } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { BarChart, Chart, LineChart, Value } from './chart';
import {
  axisAttributes,
  chartAttributes,
  darkChartStyle,
  fillAttributes,
  gridAttributes,
  groundAttributes,
  lineAttributes,
  markAttributes,
  seriesNumber,
  whiskerAttributes,
} from './chart-style';
import { escapeMarkup } from './markup';

const LINE_HEIGHT = 18;
const TITLE_HEIGHT = 22;
/** An upper estimate of the mean width of a character at 12 px: text can not be measured without a browser. */
const CHARACTER_WIDTH = 7.2;
const PLOT_HEIGHT = 220;
const AXIS_HEIGHT = 40;
const BAR_HEIGHT = 13;
const GROUP_GAP = 9;
/** Space for a value behind the longest bar. */
const VALUE_WIDTH = 44;

/** The space around the chart in a file. */
const MARGIN = 16;

/** A drawing of a chart, in a coordinate system from (0, 0) to (width, height). */
interface Drawing {
  readonly markup: string;
  readonly height: number;
}

/** A chart as an SVG element of a width in pixels. For dark mode the page needs `darkChartStyle`. */
export function svgChart(chart: Chart, width: number): string {
  const { markup, height } = draw(chart, width);
  return `<svg ${chartAttributes} viewBox="0 0 ${width} ${height}" width="${width}" ${label(chart)}>${markup}</svg>`;
}

/** A chart as a file, of a width in pixels: with a background and margins, in light or dark colours as the viewer prefers. */
export function svgFile(chart: Chart, width: number): string {
  const { markup, height } = draw(chart, width - 2 * MARGIN);
  const box = `${-MARGIN} ${-MARGIN} ${width} ${height + 2 * MARGIN}`;
  const ground = `<rect ${groundAttributes} x="${-MARGIN}" y="${-MARGIN}" width="${width}" height="${height + 2 * MARGIN}"/>`;
  return (
    `<svg ${chartAttributes} viewBox="${box}" width="${width}" ${label(chart)} xmlns="http://www.w3.org/2000/svg">` +
    `<style>${darkChartStyle}</style>${ground}${markup}</svg>\n`
  );
}

function draw(chart: Chart, width: number): Drawing {
  return chart.kind === 'lines' ? drawLines(chart, width) : drawBars(chart, width);
}

function drawLines(chart: LineChart, width: number): Drawing {
  const names = chart.series.map(({ name }) => name);
  const { markup: legend, height: legendHeight } = legendOf(names, width, 'line');
  const top = TITLE_HEIGHT + legendHeight + 10;
  const [left, right] = [46, width - 28];
  const bottom = top + PLOT_HEIGHT;
  const values = chart.series.flatMap((series) => series.values).filter((value) => value !== undefined);
  const max = Math.max(...values.map(({ high }) => high));
  const min = Math.min(...values.map(({ low }) => low).filter((low) => low > 0));
  const y = chart.isLogarithmic
    ? scaleLog([min, max], [bottom, top]).nice()
    : scaleLinear([0, max], [bottom, top]).nice(5);
  const x = scalePoint(chart.places, [left + 14, right]);
  const at = (place: number): number => x(chart.places[place]!) ?? left;
  const up = (value: number): number => y(chart.isLogarithmic ? Math.max(value, min) : value);

  const ticks = chart.isLogarithmic ? decades(y.ticks()) : y.ticks(5);
  const grid = ticks.map(
    (tick) =>
      `<path ${gridAttributes} d="M${left},${round(y(tick))}H${right}"/>` +
      `<text ${axisAttributes} x="${left - 6}" y="${round(y(tick) + 4)}" text-anchor="end">${compact(tick)}</text>`,
  );
  const every = Math.ceil(
    (Math.max(...chart.places.map(({ length }) => length)) * CHARACTER_WIDTH + 8) / step(x, right),
  );
  const places = chart.places
    .map((place, index) => ({ place, index }))
    .filter(({ index }) => (chart.places.length - 1 - index) % every === 0)
    .map(
      ({ place, index }) =>
        `<text ${axisAttributes} x="${round(at(index))}" y="${bottom + 16}" text-anchor="middle">${escapeMarkup(place)}</text>`,
    );
  const curves = chart.series.map(({ name, values: own }) => {
    const number = seriesNumber(name, names);
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
        `<circle ${fillAttributes(number)} cx="${round(at(place))}" cy="${round(up(value.middle))}" r="3"><title>` +
        `${escapeMarkup(`${name}, ${chart.xTitle} ${chart.places[place]}: ${exact(value.middle)} ${chart.unit}`)}</title></circle>`,
    );
    return `<path ${fillAttributes(number)} fill-opacity="0.16" d="${band(measured)}"/><path ${lineAttributes(number)} d="${middle(measured)}"/>${dots.join('')}`;
  });
  const caption = `<text ${axisAttributes} x="${(left + right) / 2}" y="${bottom + 34}" text-anchor="middle">${escapeMarkup(chart.xTitle)}</text>`;
  const body = [legend, ...grid, ...places, caption, ...curves];
  return withTitle(chart, bottom + AXIS_HEIGHT, body);
}

function drawBars(chart: BarChart, width: number): Drawing {
  const { markup: legend, height: legendHeight } = legendOf(chart.series, width, 'bar');
  const top = TITLE_HEIGHT + legendHeight + 6;
  const longest = Math.max(...chart.groups.map(({ name }) => name.length));
  const left = Math.min(longest * CHARACTER_WIDTH + 10, width * 0.42);
  const right = width - VALUE_WIDTH;
  const values = chart.groups.flatMap((group) => group.values).filter((value) => value !== undefined);
  const x = scaleLinear([0, Math.max(chart.mark ?? 0, ...values.map(({ high }) => high))], [left, right]);
  let bottom = top;
  const rows = chart.groups.map((group) => {
    const start = bottom + GROUP_GAP / 2;
    const measured = group.values.flatMap((value, series) => (value === undefined ? [] : [{ value, series }]));
    const height = measured.length * BAR_HEIGHT;
    bottom += height + GROUP_GAP;
    const name =
      `<text x="${round(left - 6)}" y="${round(start + height / 2 + 4)}" text-anchor="end">` +
      `${escapeMarkup(shorten(group.name, (left - 6) / CHARACTER_WIDTH))}</text>`;
    const bars = measured.map(({ value, series }, place) =>
      barOf(chart, value, chart.series[series]!, group.name, start + place * BAR_HEIGHT, x),
    );
    return name + bars.join('');
  });
  const mark =
    chart.mark === undefined ? '' : `<path ${markAttributes} d="M${round(x(chart.mark))},${top}V${bottom}"/>`;
  return withTitle(chart, bottom + 8, [legend, mark, ...rows]);
}

function barOf(
  chart: BarChart,
  value: Value,
  name: string,
  group: string,
  y: number,
  x: (value: number) => number,
): string {
  const middle = y + (BAR_HEIGHT - 1) / 2;
  // All ratios have two decimals.
  const label = chart.mark === undefined ? exact(value.middle) : value.middle.toFixed(2);
  const title = `${group}, ${name}: ${label} ${chart.unit}`;
  return (
    `<rect ${fillAttributes(seriesNumber(name, chart.series))} x="${round(x(0))}" y="${round(y)}" width="${round(x(value.middle) - x(0))}" ` +
    `height="${BAR_HEIGHT - 2}" rx="1.5"><title>${escapeMarkup(title)}</title></rect>` +
    (value.high > value.low
      ? `<path ${whiskerAttributes} d="M${round(x(value.low))},${middle}H${round(x(value.high))}"/>`
      : '') +
    `<text x="${round(x(value.high) + 5)}" y="${round(middle + 4)}">${label}</text>`
  );
}

function withTitle({ title, unit }: Chart, height: number, body: readonly string[]): Drawing {
  const text =
    `<text x="0" y="15" font-size="14" font-weight="600">${escapeMarkup(title)}` +
    `<tspan ${axisAttributes} dx="6" font-weight="400" font-size="12">${escapeMarkup(unit)}</tspan></text>`;
  return { markup: text + body.join(''), height: Math.ceil(height) };
}

function label({ title, unit }: Chart): string {
  return `role="img" aria-label="${escapeMarkup(`${title}, ${unit}`)}"`;
}

function legendOf(names: readonly string[], width: number, mark: 'line' | 'bar'): { markup: string; height: number } {
  let [x, y] = [0, TITLE_HEIGHT + 13];
  const entries = names.map((name) => {
    const entryWidth = 24 + name.length * CHARACTER_WIDTH + 14;
    if (x > 0 && x + entryWidth > width) [x, y] = [0, y + LINE_HEIGHT];
    const number = seriesNumber(name, names);
    const sign =
      mark === 'line'
        ? `<path ${lineAttributes(number)} d="M${round(x)},${y - 4}h18"/>`
        : `<rect ${fillAttributes(number)} x="${round(x)}" y="${y - 10}" width="16" height="11" rx="1.5"/>`;
    const entry = `${sign}<text x="${round(x + 23)}" y="${y}">${escapeMarkup(name)}</text>`;
    x += entryWidth;
    return entry;
  });
  return { markup: entries.join(''), height: y - TITLE_HEIGHT + 4 };
}

/** The labelled ticks of a logarithmic axis: the powers of ten where there are several, else every second tick. */
function decades(ticks: readonly number[]): number[] {
  const powers = ticks.filter((tick) => Number.isInteger(Number(Math.log10(tick).toFixed(6))));
  return powers.length >= 2 ? powers : ticks.filter((_, index) => index % 2 === 0);
}

function step(x: { step(): number }, whole: number): number {
  // With a single place the step is 0.
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
