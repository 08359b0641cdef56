/** Error texts of Redis 7.0.15 for malformed requests, without the leading `-ERR `. */
export const PROTOCOL_ERRORS = {
  multibulkLength: 'Protocol error: invalid multibulk length',
  multibulkLine: 'Protocol error: too big mbulk count string',
  unauthenticatedMultibulk: 'Protocol error: unauthenticated multibulk length',
  bulkLength: 'Protocol error: invalid bulk length',
  bulkLine: 'Protocol error: too big bulk count string',
  unauthenticatedBulk: 'Protocol error: unauthenticated bulk length',
  inlineLine: 'Protocol error: too big inline request',
  inlineQuotes: 'Protocol error: unbalanced quotes in request',
} as const;

/** Returns the error text for an argument that starts with `byte` instead of `$`. The byte is shown as latin1, a line break as a blank. */
export function expectedDollar(byte: number): string {
  const shown = byte === 0x0d || byte === 0x0a ? ' ' : String.fromCharCode(byte);
  return `Protocol error: expected '$', got '${shown}'`;
}
