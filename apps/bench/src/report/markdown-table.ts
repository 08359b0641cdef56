/** A table in Markdown; the first `labels` columns say what a row is and stand left, the others are figures. O(cells). */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[], labels: number): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = head.map((_, place) => (place < labels ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
