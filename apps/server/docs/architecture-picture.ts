import { layers } from './layers';

/** A step in the path of a request: the layer or package where it happens. */
interface Step {
  readonly layer: string;
  readonly text: string;
}

const PATH: readonly Step[] = [
  { layer: 'event-loop', text: 'The loop reads what is ready: a window of bytes from each socket.' },
  { layer: 'clients', text: 'The pump takes the window and parses some requests ahead.' },
  { layer: 'resp-codec', text: 'The parser marks arguments as spans (start, end); nothing is copied.' },
  { layer: 'command', text: 'The dispatcher finds the command, and executes it if no gate is closed.' },
  { layer: 'commands', text: 'SET parses its arguments, looks up the key, checks the type.' },
  { layer: 'keyspace', text: 'The database writes the entry, and Changes is told of it.' },
  { layer: 'intrusive-ds', text: 'Key and value are one record in the arena, outside the V8 heap.' },
  { layer: 'request', text: 'The reply is written straight into the output of the connection.' },
  { layer: 'event-loop', text: 'At the end of the batch, the replies of a connection leave in one send.' },
];

const WIDTH = 1120;
const ROW = 34;
const NAME_X = 44;
const NOTE_X = 176;
const STACK_X = 24;
const PATH_X = 524;
const STEP = 63;
const TOP = 76;
const GAP = 34;
const LEGEND_ROW = 26;

/** Light colours are attributes, which every renderer knows; the classes are for dark mode in browsers. */
const INK = 'class="ink" fill="#1b2330"';
const FAINT = 'class="faint" fill="#5b6675"';

const STYLE =
  '@media (prefers-color-scheme:dark){' +
  '.ground{fill:#0f1419}.ink{fill:#e6eaf0}.faint{fill:#9aa5b4}' +
  '.house{fill:#131b25;stroke:#2c3540}.layer{fill:#16263a}.package{fill:#12302a}' +
  '.path{stroke:#f5a623}.dot{fill:#f5a623;stroke:#0f1419}.number{fill:#0f1419}.lane{stroke:#2c3540}}';

/** A row of the picture, by the name of its layer or package. */
interface Row {
  readonly name: string;
  readonly label: string;
  readonly note: string;
  readonly y: number;
}

/** The picture of docs/architecture.md: the layers, the topmost first, and the path of one request through them. */
export function architecturePicture(): string {
  const server = [...layers.server]
    .reverse()
    .map(({ name, label, note }, i) => ({ name, label, note, y: TOP + i * ROW }));
  const serverEnd = TOP + server.length * ROW;
  const packages = [...layers.packages].reverse().map(({ name, on, note }, i) => ({
    name,
    label: name,
    note: on.length === 0 ? note : `${note} (on ${on.join(', ')})`,
    y: serverEnd + GAP + i * ROW,
  }));
  const packagesEnd = serverEnd + GAP + packages.length * ROW;
  const legend = packagesEnd + 46;
  const height = legend + Math.ceil(PATH.length / 2) * LEGEND_ROW + 16;
  const rows = new Map([...server, ...packages].map((row) => [row.name, row]));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" role="img" ` +
      `aria-labelledby="title" font-family="system-ui,-apple-system,'Segoe UI',Roboto,sans-serif" font-size="13">`,
    '<title id="title">The layers of NanoRedis, and the path of one request through them</title>',
    `<style>${STYLE}</style>`,
    `<rect class="ground" width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    heading(STACK_X, 34, 'Layers', 'each imports only layers below it, types included'),
    heading(PATH_X, 34, 'The path of one request', 'from left to right'),
    house(TOP, serverEnd, 'apps/server/src'),
    ...server.map((row) => layer(row, 'layer', '#e6f0fa')),
    house(serverEnd + GAP, packagesEnd, 'packages, each published by itself'),
    ...packages.map((row) => layer(row, 'package', '#e2f5ec')),
    path(rows),
    ...PATH.map((step, i) => legendLine(step, i, legend)),
    '</svg>',
    '',
  ].join('\n');
}

function heading(x: number, y: number, title: string, note: string): string {
  return (
    `<text x="${x}" y="${y}" font-size="15"><tspan ${INK} font-weight="600">${title}</tspan>` +
    `<tspan ${FAINT} dx="8" font-size="13">${note}</tspan></text>`
  );
}

/** The frame around some rows, with its name above. */
function house(top: number, end: number, name: string): string {
  return (
    `<text x="${STACK_X + 2}" y="${top - 9}" ${FAINT} font-size="12">${name}</text>` +
    `<rect class="house" x="${STACK_X}" y="${top}" width="${WIDTH - 2 * STACK_X}" height="${end - top}" rx="6" ` +
    'fill="#f7f9fb" stroke="#d8dde4"/>'
  );
}

function layer({ label, note, y }: Row, name: string, fill: string): string {
  const middle = y + ROW / 2;
  return (
    `<rect class="${name}" x="${STACK_X + 4}" y="${y + 3}" width="${PATH_X - STACK_X - 44}" height="${ROW - 6}" rx="4" fill="${fill}"/>` +
    `<text x="${NAME_X}" y="${middle + 4.5}" ${INK} font-weight="600">${label}</text>` +
    `<text x="${NOTE_X}" y="${middle + 4.5}" ${FAINT}>${note}</text>` +
    `<path class="lane" d="M${PATH_X - 24} ${middle}H${WIDTH - STACK_X - 16}" stroke="#d8dde4" stroke-dasharray="1 5" stroke-linecap="round"/>`
  );
}

/** The line through the layers, with a number at each step. */
function path(rows: ReadonlyMap<string, Row>): string {
  const points = PATH.map(({ layer: name }, i) => {
    const row = rows.get(name);
    if (row === undefined) throw new Error(`the path of a request leads through '${name}', which is no layer`);
    return { x: PATH_X + 20 + i * STEP, y: row.y + ROW / 2 };
  });
  const [first, ...others] = points;
  let d = `M${first!.x} ${first!.y}`;
  let from = first!;
  for (const to of others) {
    const bend = (to.x - from.x) / 2;
    d += `C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
    from = to;
  }
  const line = `<path class="path" d="${d}" fill="none" stroke="#b45309" stroke-width="2.5" stroke-linecap="round"/>`;
  return [line, ...points.map(({ x, y }, i) => dot(x, y, i + 1))].join('\n');
}

function dot(x: number, y: number, number: number): string {
  return (
    `<circle class="dot" cx="${x}" cy="${y}" r="11" fill="#b45309" stroke="#f7f9fb" stroke-width="2.5"/>` +
    `<text class="number" x="${x}" y="${y + 4.5}" text-anchor="middle" font-size="12" font-weight="600" fill="#ffffff">${number}</text>`
  );
}

/** The steps below the picture, in two columns. */
function legendLine({ text }: Step, index: number, top: number): string {
  const perColumn = Math.ceil(PATH.length / 2);
  const x = STACK_X + 12 + Math.floor(index / perColumn) * (WIDTH / 2);
  const y = top + (index % perColumn) * LEGEND_ROW;
  return `${dot(x, y - 4.5, index + 1)}<text x="${x + 22}" y="${y}" ${INK}>${text}</text>`;
}
