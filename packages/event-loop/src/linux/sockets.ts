import { chmodSync, unlinkSync } from 'node:fs';
import type { ConnectionEndpoints } from '../connection';
import type { ListenerAddress, ListenOptions, TcpListenOptions } from '../event-loop';
import { systemError } from './errno';
import type { Libc } from './libc';
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  decodeInternetAddress,
  encodeInternetAddress,
  encodeUnixAddress,
  SOCKADDR_STORAGE_BYTES,
} from './socket-address';

// <bits/socket.h>, <asm-generic/socket.h>, <netinet/tcp.h>, <netinet/in.h>: the same on x64 and arm64.
const SOCK_STREAM = 1;
export const SOCK_NONBLOCK = 0o4000;
export const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_KEEPALIVE = 9;
const SO_REUSEPORT = 15;
const IPPROTO_TCP = 6;
const TCP_NODELAY = 1;
const TCP_KEEPIDLE = 4;
const TCP_KEEPINTVL = 5;
const TCP_KEEPCNT = 6;
const IPPROTO_IPV6 = 41;
const IPV6_V6ONLY = 26;
export const MSG_DONTWAIT = 0x40;
export const MSG_NOSIGNAL = 0x4000;
export const SHUT_WR = 1;

/** A listening socket and its address. */
export interface ListeningSocket {
  readonly fd: number;
  readonly address: ListenerAddress;
}

/** The socket calls of one loop that are not on the hot path, with scratch memory for their arguments. */
export class Sockets {
  readonly #libc: Libc;
  readonly #scratch: Buffer;
  readonly #scratchAddress: number;
  readonly #value: Buffer;
  readonly #valueAddress: number;

  constructor(libc: Libc) {
    this.#libc = libc;
    this.#scratch = Buffer.allocUnsafeSlow(SOCKADDR_STORAGE_BYTES);
    this.#scratchAddress = libc.addressOf(this.#scratch);
    this.#value = Buffer.allocUnsafeSlow(128);
    this.#valueAddress = libc.addressOf(this.#value);
  }

  /**
   * Opens a non-blocking listening socket. On Linux, accepted sockets inherit TCP_NODELAY and the keep-alive settings from it, which
   * saves calls.
   * @throws Error with a `code` such as EADDRINUSE when the kernel refuses
   * @throws TypeError when `host` is not an address
   * @throws RangeError when `port` or `path` is not valid
   */
  listen(options: ListenOptions): ListeningSocket {
    return 'path' in options ? this.#listenUnix(options.path, options.mode, options.backlog) : this.#listenTcp(options);
  }

  /** Closes a listening socket and removes its path. */
  closeListening(socket: ListeningSocket): void {
    this.#libc.close(socket.fd);
    if (!('path' in socket.address)) return;
    try {
      unlinkSync(socket.address.path);
    } catch {
      // Another process removed it.
    }
  }

  /** Returns both addresses of an accepted socket. If the peer has closed it already, the remote address is empty. */
  endpoints(fd: number, listening: ListenerAddress): ConnectionEndpoints {
    if ('path' in listening) {
      return { isUnix: true, remoteAddress: '', remotePort: 0, localAddress: listening.path, localPort: 0 };
    }
    const remote = this.#name(this.#libc.getpeername, fd);
    const isWildcard = listening.host === '0.0.0.0' || listening.host === '::';
    const local = isWildcard ? this.#name(this.#libc.getsockname, fd) : listening;
    return {
      isUnix: false,
      remoteAddress: remote?.host ?? '',
      remotePort: remote?.port ?? 0,
      localAddress: local?.host ?? '',
      localPort: local?.port ?? 0,
    };
  }

  /** Sets SO_KEEPALIVE as Redis' anetKeepAlive does: three probes, with an interval of a third of the idle time. */
  setKeepAlive(fd: number, seconds: number): void {
    this.#setOption(fd, SOL_SOCKET, SO_KEEPALIVE, seconds > 0 ? 1 : 0);
    if (seconds <= 0) return;
    this.#setOption(fd, IPPROTO_TCP, TCP_KEEPIDLE, Math.min(seconds, 32767));
    this.#setOption(fd, IPPROTO_TCP, TCP_KEEPINTVL, Math.min(Math.max(1, Math.floor(seconds / 3)), 32767));
    this.#setOption(fd, IPPROTO_TCP, TCP_KEEPCNT, 3);
  }

  #listenTcp(options: TcpListenOptions): ListeningSocket {
    const host = options.host ?? '127.0.0.1';
    const port = options.port ?? 0;
    const length = encodeInternetAddress(this.#scratch, host, port);
    const family = length === 16 ? AF_INET : AF_INET6;
    const place = family === AF_INET ? `${host}:${port}` : `[${host}]:${port}`;
    const fd = this.#open(family);
    try {
      this.#setOption(fd, SOL_SOCKET, SO_REUSEADDR, 1);
      if (options.reusePort) this.#require(this.#setOption(fd, SOL_SOCKET, SO_REUSEPORT, 1), 'setsockopt', place);
      if (family === AF_INET6) this.#setOption(fd, IPPROTO_IPV6, IPV6_V6ONLY, options.ipv6Only ? 1 : 0);
      this.#setOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
      this.setKeepAlive(fd, options.keepAliveSeconds ?? 300);
      this.#require(this.#libc.bind(fd, this.#scratchAddress, length), 'bind', place);
      this.#require(this.#libc.listen(fd, options.backlog ?? 511), 'listen', place);
      const address = this.#name(this.#libc.getsockname, fd);
      if (address === null) throw systemError('getsockname', this.#libc.errno(), place);
      return { fd, address };
    } catch (error) {
      this.#libc.close(fd);
      throw error;
    }
  }

  #listenUnix(path: string, mode: number | undefined, backlog = 511): ListeningSocket {
    const length = encodeUnixAddress(this.#scratch, path);
    const fd = this.#open(AF_UNIX);
    try {
      this.#require(this.#libc.bind(fd, this.#scratchAddress, length), 'bind', path);
    } catch (error) {
      this.#libc.close(fd);
      throw error;
    }
    const socket = { fd, address: { path } };
    try {
      // Before listen, so that no peer connects while the mode is wrong.
      if (mode !== undefined) chmodSync(path, mode);
      this.#require(this.#libc.listen(fd, backlog), 'listen', path);
      return socket;
    } catch (error) {
      this.closeListening(socket);
      throw error;
    }
  }

  #open(family: number): number {
    const fd = this.#libc.socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    this.#require(fd, 'socket', '');
    return fd;
  }

  #setOption(fd: number, level: number, name: number, value: number): number {
    this.#value.writeInt32LE(value, 0);
    return this.#libc.setsockopt(fd, level, name, this.#valueAddress, 4);
  }

  #name(call: Libc['getsockname'], fd: number) {
    this.#value.writeInt32LE(SOCKADDR_STORAGE_BYTES, 0);
    return call(fd, this.#scratchAddress, this.#valueAddress) < 0 ? null : decodeInternetAddress(this.#scratch);
  }

  #require(result: number, syscall: string, place: string): void {
    if (result < 0) throw systemError(syscall, this.#libc.errno(), place);
  }
}
