import { requireUnixPath } from '../unix-path';

/** Address families of <sys/socket.h> on Linux. */
export const AF_UNIX = 1;
export const AF_INET = 2;
export const AF_INET6 = 10;

/** Size of struct sockaddr_storage, into which any address fits. */
export const SOCKADDR_STORAGE_BYTES = 128;

/** A TCP address as text. */
export interface InternetAddress {
  readonly host: string;
  readonly port: number;
  readonly family: 4 | 6;
}

/**
 * Writes struct sockaddr_in or sockaddr_in6 (<netinet/in.h>) and returns its length.
 *
 * ```
 *  in:  | family u16 native | port u16 BE | address 4 | zero 8 |                              16 bytes
 *  in6: | family u16 native | port u16 BE | flow info 4 | address 16 | scope id u32 |         28 bytes
 * ```
 * @throws TypeError when `host` is not a numeric address
 * @throws RangeError when `port` is not from 0 to 65 535
 */
export function encodeInternetAddress(to: Buffer, host: string, port: number): number {
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new RangeError(`port has to be from 0 to 65535, not ${port}`);
  to.fill(0, 0, 28);
  to.writeUInt16BE(port, 2);
  if (encodeIPv4(to, 4, host)) {
    to.writeUInt16LE(AF_INET, 0);
    return 16;
  }
  if (encodeIPv6(to, 8, host)) {
    to.writeUInt16LE(AF_INET6, 0);
    return 28;
  }
  throw new TypeError(`host has to be an IPv4 or IPv6 address, not '${host}'`);
}

/**
 * Writes struct sockaddr_un (<sys/un.h>): family u16, then the path with a terminating zero. Returns its length.
 * @throws RangeError when the path is not valid, see `requireUnixPath`
 */
export function encodeUnixAddress(to: Buffer, path: string): number {
  requireUnixPath(path);
  to.writeUInt16LE(AF_UNIX, 0);
  const length = to.write(path, 2);
  to[2 + length] = 0;
  return 2 + length + 1;
}

/** Reads an address that the kernel wrote; null if it is neither IPv4 nor IPv6. */
export function decodeInternetAddress(from: Buffer): InternetAddress | null {
  const family = from.readUInt16LE(0);
  const port = from.readUInt16BE(2);
  if (family === AF_INET) return { host: decodeIPv4(from, 4), port, family: 4 };
  if (family === AF_INET6) return { host: decodeIPv6(from, 8), port, family: 6 };
  return null;
}

/**
 * Writes the four bytes of an address such as 192.0.2.7. Returns false and writes nothing for any other text. It does not use `isIPv4`
 * of node:net, whose regular expressions take V8 5 ms to compile, more than everything else here together.
 */
function encodeIPv4(to: Buffer, at: number, host: string): boolean {
  const parts = host.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return false;
  for (let i = 0; i < 4; i++) to[at + i] = Number(parts[i]);
  return true;
}

/** Writes the sixteen bytes of an address without a zone (RFC 4291, 2.2). Returns false and writes nothing for any other text. */
function encodeIPv6(to: Buffer, at: number, host: string): boolean {
  let text = host;
  const dotted = text.lastIndexOf(':') + 1;
  if (text.includes('.')) {
    const tail = Buffer.alloc(4);
    if (!encodeIPv4(tail, 0, text.slice(dotted))) return false;
    text = `${text.slice(0, dotted)}${tail.readUInt16BE(0).toString(16)}:${tail.readUInt16BE(2).toString(16)}`;
  }
  const [head = '', tail = '', ...more] = text.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const groups = front.length + back.length;
  const isShortened = text.includes('::');
  if (more.length > 0 || (isShortened ? groups > 7 : groups !== 8)) return false;
  if (![...front, ...back].every((group) => /^[\da-f]{1,4}$/i.test(group))) return false;
  for (let i = 0; i < front.length; i++) to.writeUInt16BE(Number.parseInt(front[i] as string, 16), at + i * 2);
  for (let i = 0; i < back.length; i++) {
    to.writeUInt16BE(Number.parseInt(back[i] as string, 16), at + (8 - back.length + i) * 2);
  }
  return true;
}

function decodeIPv4(from: Buffer, at: number): string {
  return `${from[at]}.${from[at + 1]}.${from[at + 2]}.${from[at + 3]}`;
}

/** Formats an address as in RFC 5952: lower case, no leading zeros, `::` for the first longest run of two or more zero groups. */
function decodeIPv6(from: Buffer, at: number): string {
  const groups: number[] = [];
  for (let i = 0; i < 8; i++) groups.push(from.readUInt16BE(at + i * 2));
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return `::ffff:${decodeIPv4(from, at + 12)}`;
  let bestStart = -1;
  let bestLength = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > bestLength) {
      bestStart = i;
      bestLength = end - i;
    }
  }
  const text = groups.map((group) => group.toString(16));
  if (bestStart < 0) return text.join(':');
  return `${text.slice(0, bestStart).join(':')}::${text.slice(bestStart + bestLength).join(':')}`;
}
