/** A table in Markdown. The first `labels` columns are aligned left, the others, which are figures, right. O(cells). */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[], labels: number): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = head.map((_, place) => (place < labels ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
