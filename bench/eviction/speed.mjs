// SET while every key that comes in puts another one out: the working set is ten times what maxmemory has room for.
//   node bench/eviction/speed.mjs [--rounds 5] [--requests 1000000] [--policy allkeys-lru]
// Both servers run at once, one of them is loaded at a time, in turns; the figures are medians of redis-benchmark's requests a second.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { infoOf, startServer, subjects, writeResults } from './servers.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    requests: { type: 'string', default: '1000000' },
    policy: { type: 'string', default: 'allkeys-lru' },
    keys: { type: 'string', default: '1000000' },
    pipeline: { type: 'string', default: '16' },
    write: { type: 'boolean', default: false },
  },
});
const keys = Number(values.keys);
const rounds = Number(values.rounds);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const cpuMs = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

function load(port, requests) {
  const args = [
    '-p',
    port,
    '-t',
    'set',
    '-n',
    requests,
    '-r',
    keys,
    '-P',
    values.pipeline,
    '-c',
    50,
    '-d',
    32,
    '--csv',
  ];
  const output = execFileSync('redis-benchmark', args.map(String), {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return Number(/^"SET","([0-9.]+)"/m.exec(output)[1]);
}

const servers = [];
try {
  for (const name of Object.keys(subjects)) {
    const server = await startServer(name, ['--maxmemory-policy', values.policy]);
    servers.push(server);
    // Room for a tenth of the keys, whatever a key takes in this server.
    const before = Number((await infoOf(server.client)).used_memory);
    load(server.port, keys * 3);
    const size = Number(await server.client.call('DBSIZE'));
    const perKey = (Number((await infoOf(server.client)).used_memory) - before) / size;
    await server.client.call('CONFIG', 'SET', 'maxmemory', String(Math.floor(before + (perKey * keys) / 10)));
    while (Number((await infoOf(server.client)).used_memory) > before + (perKey * keys) / 10) load(server.port, 10_000);
    load(server.port, keys);
    Object.assign(server, { perSecond: [], cpuPerRequest: [], perKey });
  }
  for (let round = 0; round < rounds; round++) {
    for (const server of round % 2 === 0 ? servers : servers.toReversed()) {
      const cpu = cpuMs(server.pid);
      server.perSecond.push(load(server.port, values.requests));
      server.cpuPerRequest.push(((cpuMs(server.pid) - cpu) * 1000) / Number(values.requests));
    }
  }
  const figures = [];
  for (const { name, client, perSecond, cpuPerRequest, perKey } of servers) {
    const { evicted_keys, used_memory, maxmemory } = await infoOf(client);
    const size = Number(await client.call('DBSIZE'));
    figures.push({
      server: name,
      perSecond: median(perSecond),
      cpuMicroseconds: median(cpuPerRequest),
      perKey,
      size,
      evicted_keys,
      used_memory,
      maxmemory,
      samples: perSecond,
    });
  }
  const ratio = figures[1].perSecond / figures[0].perSecond;
  console.table(figures.map(({ samples, ...rest }) => rest));
  console.log(`${values.policy}: ${ratio.toFixed(2)}x the requests a second of redis-server`);
  if (values.write) writeResults(`eviction-speed-${values.policy}`, { ...values, ratio, figures });
} finally {
  await Promise.all(servers.map((server) => server.stop()));
}
