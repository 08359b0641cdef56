/**
 * Quotes bytes (given as a latin1 string) and escapes those that are not printable, as redis-server's sdscatrepr does for
 * MONITOR and logs. O(length).
 */
export function quote(latin1: string): string {
  let quoted = '"';
  for (let i = 0; i < latin1.length; i++) {
    const code = latin1.charCodeAt(i);
    const char = latin1[i]!;
    if (char === '\\' || char === '"') quoted += `\\${char}`;
    else if (code >= 0x20 && code < 0x7f) quoted += char;
    else quoted += ESCAPES[code] ?? `\\x${code.toString(16).padStart(2, '0')}`;
  }
  return `${quoted}"`;
}

const ESCAPES: Readonly<Record<number, string>> = { 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 13: '\\r' };
