import { connect, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithOracle } from './oracle-cases';
import { type Comparison, findDifference, Side } from './oracle-run';
import { type ComparedServer, startRealServer } from './real-server';
import { approx, fullScan, later, masked, shape, silence, unordered } from './steps';

/** A proxy that replaces a text in the replies of a server by another one of the same length. */
function swappingProxy(target: ComparedServer, from: string, to: string): Promise<{ server: Server; port: number }> {
  return new Promise((resolve) => {
    const server = createServer((socket) => {
      const behind = connect(target.address as { port: number });
      socket.pipe(behind);
      behind.on('data', (chunk) => socket.write(Buffer.from(chunk.toString('latin1').replaceAll(from, to), 'latin1')));
      behind.on('close', () => socket.destroy());
      socket.on('close', () => behind.destroy());
      socket.on('error', () => {});
      behind.on('error', () => {});
    });
    server.listen(0, '127.0.0.1', () => resolve({ server, port: (server.address() as { port: number }).port }));
  });
}

describeWithOracle('the comparison itself', () => {
  let real: ComparedServer[] = [];
  const proxies: Server[] = [];
  const sides: Side[] = [];

  beforeAll(async () => {
    real = await Promise.all([startRealServer(), startRealServer()]);
  });
  afterAll(async () => {
    await Promise.all(sides.map((side) => side.close()));
    for (const proxy of proxies) proxy.close();
    await Promise.all(real.map((server) => server.stop()));
  });

  async function compareThrough(from: string, to: string): Promise<Comparison> {
    const { server, port } = await swappingProxy(real[1]!, from, to);
    proxies.push(server);
    const oracle = await Side.open(real[0]!);
    const subject = await Side.open({
      name: 'swapped',
      address: { host: '127.0.0.1', port },
      port,
      stop: async () => {},
    });
    sides.push(oracle, subject);
    return { oracle, subject };
  }

  it('finds nothing between two equal servers', async () => {
    const comparison = await compareThrough('never', 'never');
    const steps = [
      'SET k v',
      'INCR k',
      'PING',
      'LPUSH l 1 2',
      'SADD s a b',
      'HSET h a 1',
      'ZADD z 1 m',
      'SELECT 3',
      'SET x 1 EX 100',
    ];
    expect(await findDifference(comparison, steps, 2)).toBeNull();
    expect(
      await findDifference(comparison, [...steps, fullScan('COUNT 1'), unordered('KEYS *'), approx('TTL x')], 3),
    ).toBeNull();
  });

  it('names the step, the command and both replies when a reply differs', async () => {
    const comparison = await compareThrough('PONG', 'PING');
    const difference = await findDifference(comparison, ['SET k v', 'PING'], 2);
    expect(difference).toContain('step 2 (RESP2): PING');
    expect(difference).toContain('redis-server: "+PONG\\r\\n"');
    expect(difference).toContain('swapped: "+PING\\r\\n"');
  });

  it('sees one swapped byte of a reply in RESP3', async () => {
    const comparison = await compareThrough(',1', ',2');
    expect(await findDifference(comparison, ['ZADD z 1 m', 'ZSCORE z m'], 3)).toContain('ZSCORE z m');
  });

  it('sees data that differ after equal replies', async () => {
    const comparison = await compareThrough('embstr', 'raw...');
    expect(await findDifference(comparison, ['SET k abc'], 2)).toContain('the data differ afterwards');
  });

  it('does not let a normaliser hide another kind of reply', async () => {
    const errors = await compareThrough('$', '-');
    expect(await findDifference(errors, [shape('INFO server')], 2)).not.toBeNull();
    const numbers = await compareThrough(':100', ':300');
    expect(await findDifference(numbers, ['SET k v EX 100', approx('TTL k')], 2)).toContain('TTL k');
    const names = await compareThrough('redis_version', 'redis_revsion');
    expect(await findDifference(names, [shape('INFO server')], 2)).toContain('INFO server');
    expect(await findDifference(names, [masked(/\d+/g, 'INFO server')], 2)).not.toBeNull();
    const keys = await compareThrough('\r\nb\r\n', '\r\nc\r\n');
    expect(await findDifference(keys, ['MSET a 1 b 2', unordered('KEYS *')], 2)).toContain('KEYS *');
    expect(await findDifference(keys, ['MSET a 1 b 2', fullScan()], 2)).toContain('SCAN');
  });

  it('reports a reply where silence was expected', async () => {
    const comparison = await compareThrough('never', 'never');
    expect(await findDifference(comparison, ['PING', silence(20)], 2)).toBeNull();
    expect(await findDifference(comparison, [later('PING'), silence(1000)], 2)).toContain('unexpected');
  });

  it('puts back what a case configured', async () => {
    const comparison = await compareThrough('never', 'never');
    expect(
      await findDifference(comparison, ['CONFIG SET slowlog-max-len 3', 'CONFIG GET slowlog-max-len'], 2),
    ).toBeNull();
    const reply = await (await comparison.oracle.client('check', 2)).call('CONFIG GET slowlog-max-len');
    expect(reply.toString()).toContain('128');
  });
});
