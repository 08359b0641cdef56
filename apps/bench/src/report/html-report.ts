import { compareWithReference } from '../results/comparison';
import type { Result } from '../results/result';
import { BASE_COLORS, darkChartStyle } from './chart-style';
import { chartsOf } from './charts-of-result';
import { escapeMarkup } from './markup';
import { svgChart } from './svg-chart';
import { textTable } from './table';

/** Widths in pixels at which each chart is drawn: a wide chart that is scaled down is not readable on a phone. */
const WIDE = 640;
const NARROW = 340;

/** The colours of the page as CSS variables, in light or dark mode. */
const colorStyle = `:root{color-scheme:light dark;${variables(0)}}@media (prefers-color-scheme:dark){:root{${variables(1)}}}`;

const pageStyle = `
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:84rem;margin:0 auto;padding:1.25rem}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.15rem;margin:2rem 0 .5rem}
p{max-width:48rem;margin:.5rem 0}
.facts{color:var(--faint);font-size:.9rem}
.failed{border-left:4px solid var(--failed);background:var(--raised);padding:.5rem 1rem;white-space:pre-wrap;overflow-wrap:anywhere}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1rem}
figure{margin:0;padding:1rem;background:var(--raised);border-radius:.5rem;overflow:hidden}
svg.chart{display:block;max-width:100%;height:auto}
.narrow{display:none!important}
.scroll{overflow-x:auto;border:1px solid var(--rule);border-radius:.5rem}
table{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums;width:100%}
th,td{padding:.3rem .6rem;text-align:right;white-space:nowrap;border-bottom:1px solid var(--rule)}
th{background:var(--raised);font-weight:600}
tr:last-child td{border-bottom:0}
.label{text-align:left}
td.label:first-child{font-weight:600}
code{font:.85em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
summary{cursor:pointer}
li{margin:.25rem 0}
@media (max-width:46rem){main{padding:.75rem}figure{padding:.6rem}.wide{display:none!important}.narrow{display:block!important}}
`;

/** A result as one page that loads nothing else: its charts, its table, and how to repeat it. */
export function htmlReport(result: Result): string {
  const { machine } = result;
  const charts = chartsOf(result).map(
    (chart) =>
      `<figure><div class="wide">${svgChart(chart, WIDE)}</div><div class="narrow">${svgChart(chart, NARROW)}</div></figure>`,
  );
  const failures = result.failures.map(
    ({ server, during, message }) =>
      `<p class="failed"><strong>${escapeMarkup(server)}</strong> failed, ${escapeMarkup(during)}: ${escapeMarkup(message)}</p>`,
  );
  const servers = result.servers.map(
    ({ name, version, command }) =>
      `<li><strong>${escapeMarkup(name)}</strong>, ${escapeMarkup(version)}<br><code>${escapeMarkup(command)}</code></li>`,
  );
  const loads = [...new Set(result.measurements.map(({ command }) => command))].map(
    (command) => `<li><code>${escapeMarkup(command)}</code></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(result.title)}: NanoRedis benchmark</title>
<style>${colorStyle}
${darkChartStyle}
${pageStyle}</style>
</head>
<body>
<main>
<h1>${escapeMarkup(result.title)}</h1>
<p>${escapeMarkup(result.description)}</p>
<p class="facts">${escapeMarkup(machineLine(result))}</p>
${failures.join('\n')}
<div class="charts">
${charts.join('\n')}
</div>
<h2>All figures</h2>
<p class="facts">Medians of the rounds; ± is half of the distance between the best and the worst round; × is the median divided by that of ${escapeMarkup(result.reference)}. Bands and whiskers in the charts show the range of the rounds.</p>
<div class="scroll">${htmlTable(result)}</div>
<h2>How to repeat it</h2>
<p><code>npx ${escapeMarkup(result.command)}</code> at ${escapeMarkup(machine.commit ?? 'an unknown commit')}</p>
<details><summary>Servers</summary><ul>${servers.join('')}</ul></details>
<details><summary>Loads</summary><ul>${loads.join('')}</ul></details>
</main>
</body>
</html>
`;
}

/** Where and when, in a line. */
export function machineLine({ machine, startedAt }: Result): string {
  const tool = machine.redisBenchmark === undefined ? [] : [`redis-benchmark ${machine.redisBenchmark}`];
  const memory = `${machine.cores} cores, ${machine.memoryGibibytes} GiB`;
  return [machine.processor, memory, machine.system, `Node ${machine.node}`, ...tool, startedAt.slice(0, 10)].join(
    ', ',
  );
}

function htmlTable(result: Result): string {
  const { head, rows, labels } = textTable(compareWithReference(result));
  const line = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells
      .map((cell, place) => `<${tag}${place < labels ? ' class="label"' : ''}>${escapeMarkup(cell)}</${tag}>`)
      .join('')}</tr>`;
  const names = head.map((name) => (name === '+-' ? '±' : name === 'x' ? '×' : name));
  return `<table><thead>${line(names, 'th')}</thead><tbody>${rows.map((row) => line(row, 'td')).join('\n')}</tbody></table>`;
}

function variables(mode: 0 | 1): string {
  return Object.entries(BASE_COLORS)
    .map(([name, colors]) => `--${name}:${colors[mode]}`)
    .join(';');
}
