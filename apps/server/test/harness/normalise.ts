import { decodeFrame, type ReplyTree } from './reply-frame';
import type { Comparison } from './steps';

const NUMERIC = /^-?\d+(\.\d+)?$/;

function shapeOfText(text: string): string {
  if (NUMERIC.test(text)) return '0';
  return text
    .split('\r\n')
    .map((line) => {
      if (/^\S+=\S* /.test(line)) return line.replace(/(\S+?=)\S*/g, '$1');
      return line.replace(/^([\w.-]+:).*$/s, '$1');
    })
    .join('\n');
}

function show(tree: ReplyTree, text: (value: string, type: string) => string, depth: number): string {
  if (tree.items === null)
    return `${tree.type}${tree.text === null ? 'null' : JSON.stringify(text(tree.text, tree.type))}`;
  const items = tree.items.map((item) => show(item, text, depth - 1));
  if (depth <= 0) return `${tree.type}[${items.join(' ')}]`;
  const pairs = tree.type === '%';
  const groups = pairs ? items.flatMap((key, i) => (i % 2 === 0 ? [`${key}=${items[i + 1]}`] : [])) : items;
  return `${tree.type}[${groups.sort().join(' ')}]`;
}

function differsInNumbers(left: ReplyTree, right: ReplyTree, tolerance: number): boolean {
  if (left.type !== right.type || (left.items === null) !== (right.items === null)) return true;
  if (left.items !== null && right.items !== null) {
    const others = right.items;
    return (
      left.items.length !== others.length || left.items.some((item, i) => differsInNumbers(item, others[i]!, tolerance))
    );
  }
  if (left.text === right.text) return false;
  if (left.text === null || right.text === null || !NUMERIC.test(left.text) || !NUMERIC.test(right.text)) return true;
  // A negative answer means "no such thing" for the commands that answer with times: near is not good enough there.
  if (Number(left.text) < 0 || Number(right.text) < 0) return true;
  return Math.abs(Number(left.text) - Number(right.text)) > tolerance;
}

/** Tells whether two replies agree under the comparison of their step. O(bytes), with a sort for `unordered`. */
export function repliesAgree(left: Buffer, right: Buffer, comparison: Comparison): boolean {
  if (comparison.how === 'ignore' || left.equals(right)) return true;
  if (comparison.how === 'exact') return false;
  const a = decodeFrame(left);
  const b = decodeFrame(right);
  if (comparison.how === 'approx') return !differsInNumbers(a, b, comparison.tolerance);
  return normalised(a, comparison) === normalised(b, comparison);
}

function without(tree: ReplyTree, fields: readonly string[]): ReplyTree {
  if (tree.items === null) return tree;
  const items = tree.items.map((item, i): ReplyTree => {
    const name = i % 2 === 1 ? tree.items![i - 1]!.text : null;
    if (name !== null && fields.includes(name) && item.text !== null) return { ...item, text: '…' };
    return without(item, fields);
  });
  return { ...tree, items };
}

function normalised(tree: ReplyTree, comparison: Comparison): string {
  if (comparison.how === 'except') return show(without(tree, comparison.fields), (value) => value, 0);
  if (comparison.how === 'shape') {
    return show(
      tree,
      (value, type) => (type === '-' || type === '_' ? value : shapeOfText(type === ':' ? '0' : value)),
      0,
    );
  }
  if (comparison.how === 'masked') {
    const { pattern, lines } = comparison;
    const mask = (value: string): string => value.replace(pattern, '…');
    return show(tree, lines === undefined ? mask : (value) => mask(value).split('\r\n').sort().join('\n'), 0);
  }
  return show(tree, (value) => value, comparison.how === 'unordered' ? comparison.depth : 0);
}
