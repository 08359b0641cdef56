import Table from 'cli-table3';
import { compareWithReference } from '../results/comparison';
import type { Result } from '../results/result';
import { textTable } from './table';

/** A result as a table for a terminal. Dimensions that are the same in all rows are in the line above it. */
export function terminalTable(result: Result): string {
  const { head, rows, labels, constant } = textTable(compareWithReference(result));
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, place) => (place < labels ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push([...row]);
  return `${[result.title, ...constant, `x is ${result.reference}`].join(', ')}\n${table.toString()}`;
}
