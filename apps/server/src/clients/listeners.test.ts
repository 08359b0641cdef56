import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../test/harness/real-server';
import { NanoRedis } from '../nano-redis';

describe('where a running server listens', () => {
  let server: NanoRedis;
  let admin: Socket;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    server = await NanoRedis.start({ port: 0 });
    admin = await open(server.port!);
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await server.stop();
  });

  async function open(port: number, host = '127.0.0.1'): Promise<Socket> {
    const socket = connect(port, host);
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  }

  async function ask(socket: Socket, line: string): Promise<string> {
    socket.write(`${line}\r\n`);
    return String((await once(socket, 'data'))[0]);
  }

  it('moves to another port; connected clients stay connected', async () => {
    const port = await freePort();
    expect(await ask(admin, `CONFIG SET port ${port}`)).toBe('+OK\r\n');
    expect(await ask(await open(port), 'PING')).toBe('+PONG\r\n');
    expect(await ask(admin, 'PING')).toBe('+PONG\r\n');
    await expect(open(server.port!)).rejects.toThrow('ECONNREFUSED');
    expect(await ask(admin, `CONFIG SET port ${server.port}`)).toBe('+OK\r\n');
    expect(await ask(await open(server.port!), 'PING')).toBe('+PONG\r\n');
  });

  it('adds an address, and removes one', async () => {
    expect(await ask(admin, 'CONFIG SET bind "127.0.0.1 127.0.0.2"')).toBe('+OK\r\n');
    expect(await ask(await open(server.port!, '127.0.0.2'), 'PING')).toBe('+PONG\r\n');
    expect(await ask(await open(server.port!), 'PING')).toBe('+PONG\r\n');
    expect(await ask(admin, 'CONFIG SET bind 127.0.0.2')).toBe('+OK\r\n');
    await expect(open(server.port!)).rejects.toThrow('ECONNREFUSED');
    expect(await ask(await open(server.port!, '127.0.0.2'), 'PING')).toBe('+PONG\r\n');
  });

  it('closes all its TCP sockets for port 0', async () => {
    expect(await ask(admin, 'CONFIG SET port 0')).toBe('+OK\r\n');
    await expect(open(server.port!)).rejects.toThrow('ECONNREFUSED');
    expect(await ask(admin, `CONFIG SET port ${server.port}`)).toBe('+OK\r\n');
    expect(await ask(await open(server.port!), 'PING')).toBe('+PONG\r\n');
  });

  it('stays where it is when it cannot move, and answers what was sent meanwhile in order', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    admin.write(`CONFIG SET port ${port} maxclients 77\r\nPING\r\nCONFIG GET maxclients\r\n`);
    let replies = '';
    while (!replies.includes('maxclients\r\n$')) replies += String((await once(admin, 'data'))[0]);
    expect(replies).toBe(
      "-ERR CONFIG SET failed (possibly related to argument 'port') - Unable to listen on this port. Check server logs.\r\n" +
        '+PONG\r\n*2\r\n$10\r\nmaxclients\r\n$5\r\n10000\r\n',
    );
    expect(await ask(await open(server.port!), 'PING')).toBe('+PONG\r\n');
    await new Promise((resolve) => taken.close(resolve));
    expect(await ask(admin, `CONFIG SET port ${port}`)).toBe('+OK\r\n');
    expect(await ask(await open(port), 'PING')).toBe('+PONG\r\n');
  });

  it('cannot wait within a transaction or a call inside the process, and says so', async () => {
    const port = await freePort();
    await expect(server.call('CONFIG', 'SET', 'port', String(port))).rejects.toThrow('Unable to listen on this port.');
    await ask(admin, 'MULTI');
    await ask(admin, `CONFIG SET port ${port}`);
    expect(await ask(admin, 'EXEC')).toMatch(/^\*1\r\n-ERR CONFIG SET failed/);
    expect(await ask(await open(server.port!), 'PING')).toBe('+PONG\r\n');
  });

  it('survives a client that leaves while it waits', async () => {
    const port = await freePort();
    const leaving = await open(server.port!);
    leaving.write(`CONFIG SET port ${port}\r\n`);
    leaving.destroy();
    expect(await ask(admin, 'PING')).toBe('+PONG\r\n');
  });
});
