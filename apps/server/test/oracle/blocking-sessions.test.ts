import { defineOracleCases } from '../harness/oracle-cases';
import { computed, hangUp, ignore, later, masked, maskedLines, on, type Step, silence } from '../harness/steps';
import { blocked, gets, inOrder } from '../harness/waiting';

const timeouts = [
  'x',
  '',
  '-1',
  '-0.5',
  '-0.0001',
  '-0.002',
  'nan',
  'inf',
  '-inf',
  '1e400',
  '9223372036854775807',
  '9223372036854776',
  '1e16',
  '9007199254740993',
  '1000000000000',
  '" 1"',
  '0x',
  '1x',
  '0.001',
  '1e-3',
  '.001',
  '0x0.01',
  '1e-20',
];

defineOracleCases('time-outs', [
  [
    'the reply of a time-out',
    'BLPOP k 0.01; BRPOP k j 0.01; BLMOVE k j LEFT LEFT 0.01; BRPOPLPUSH k j 0.01; BLMPOP 0.01 1 k LEFT; BLMPOP 0.01 2 k j RIGHT COUNT 3',
  ],
  [
    'timeouts that are refused or short',
    // A list is there for the time-outs that are accepted, which would wait for ever.
    'RPUSH k 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25',
    ...timeouts.map((timeout) => ['BLPOP', 'k', timeout]),
    ...['x', '-1', '0.001'].flatMap((timeout) => [
      `BRPOP missing ${timeout}`,
      `BLMOVE missing j LEFT LEFT ${timeout}`,
      `BLMOVE missing j UP LEFT ${timeout}`,
      `BRPOPLPUSH missing j ${timeout}`,
      `BLMPOP ${timeout} 1 missing LEFT`,
      `BLMPOP ${timeout} 0 missing LEFT`,
      `BLMPOP ${timeout} 1 missing UP`,
      `BLMPOP ${timeout} 1 missing LEFT COUNT 0`,
    ]),
    'SET s v; BLPOP s x; BLPOP s -1; BLMOVE s j LEFT LEFT x; BLMPOP x 1 s LEFT',
  ],
  [
    'they end in their order',
    ...inOrder(['b', 'BLPOP k 0.3'], ['c', 'BLPOP k 0.1'], ['d', 'BLPOP k 0.2']),
    ...gets('c', 'd', 'b'),
    blocked(0),
  ],
  ['a client that timed out gets nothing later', later(on('b', 'BLPOP k 0.02')), ...gets('b'), 'RPUSH k x; LLEN k'],
  ['requests behind it are executed', later(on('b', 'BLPOP k 0.02')), later(on('b', 'ECHO next')), ...gets('b', 'b')],
  [
    'a client served in time gets no reply of a time-out',
    ...inOrder(['b', 'BLPOP k 0.2']),
    'RPUSH k x',
    ...gets('b'),
    on('b', silence(250)),
  ],
]);

defineOracleCases('blocking commands in a transaction', [
  [
    'act as if timed out',
    'MULTI; BLPOP k 0; BRPOP k j 0; BLMOVE k j LEFT LEFT 0; BRPOPLPUSH k j 0; BLMPOP 0 1 k LEFT; EXEC',
  ],
  [
    'take what is there',
    'RPUSH k 1 2 3 4 5 6; MULTI; BLPOP k 0; BRPOP k j 0; BLMOVE k j LEFT LEFT 0; BRPOPLPUSH k j 0; BLMPOP 0 1 k LEFT; EXEC',
  ],
  [
    'take what the transaction has pushed',
    ...inOrder(['b', 'BLPOP k 0']),
    'MULTI; RPUSH k x; BLPOP k 0; BLPOP k 0; EXEC; RPUSH k y',
    ...gets('b'),
  ],
  ['show their errors', 'MULTI; BLPOP k x; BLMOVE k j UP LEFT 0; BLPOP k -1; EXEC'],
  [
    'a waiting client does not watch its key',
    'WATCH k',
    ...inOrder(['b', 'BLPOP k 0']),
    on('c', 'RPUSH k x'),
    ...gets('b'),
    'MULTI; PING; EXEC',
  ],
  [
    'the target of a BLMOVE that is served counts as changed',
    'WATCH j',
    ...inOrder(['b', 'BLMOVE k j LEFT LEFT 0']),
    on('c', 'RPUSH k x'),
    ...gets('b'),
    'MULTI; PING; EXEC',
  ],
]);

const idOf = (client: string): Step => ignore(on(client, 'CLIENT ID'));
const volatileFields =
  /(?<=\b(id|addr|laddr|fd|age|idle|qbuf|qbuf-free|argv-mem|rbs|rbp|obl|oll|omem|tot-mem|multi-mem|events)=)\S*/g;
const facts = /^(?!blocked_clients|clients_in_timeout_table).+$/gm;

defineOracleCases('a blocked client as other clients see and change it', [
  [
    'INFO clients',
    maskedLines(facts, 'INFO clients'),
    ...inOrder(['b', 'BLPOP k 0'], ['c', 'BLPOP k j 100'], ['d', 'BLMOVE k j LEFT LEFT 50']),
    maskedLines(facts, 'INFO clients'),
    'RPUSH k x y',
    ...gets('b', 'c'),
    maskedLines(facts, 'INFO clients'),
  ],
  ['CLIENT LIST', ...inOrder(['b', 'BLPOP k 0']), masked(volatileFields, 'CLIENT LIST'), 'RPUSH k x', ...gets('b')],
  [
    'CLIENT UNBLOCK',
    idOf('b'),
    idOf('c'),
    ...inOrder(['b', 'BLPOP k 0'], ['c', 'BLMOVE k j LEFT LEFT 100']),
    computed('CLIENT UNBLOCK (b)', (seen) => `CLIENT UNBLOCK ${seen[0]}`),
    ...gets('b'),
    computed('CLIENT UNBLOCK (b) again', (seen) => `CLIENT UNBLOCK ${seen[0]}`),
    computed('CLIENT UNBLOCK (c) ERROR', (seen) => `CLIENT UNBLOCK ${seen[1]} error`),
    ...gets('c'),
    later(on('c', 'BLMPOP 0 1 k LEFT')),
    later(on('c', 'ECHO next')),
    blocked(1),
    computed('CLIENT UNBLOCK (c) TIMEOUT', (seen) => `CLIENT UNBLOCK ${seen[1]} TIMEOUT`),
    ...gets('c', 'c'),
    'CLIENT UNBLOCK 123456789; CLIENT UNBLOCK x; CLIENT UNBLOCK 1 FOO; RPUSH k x; LLEN k',
  ],
  [
    'CLIENT KILL',
    idOf('b'),
    ...inOrder(['b', 'BLPOP k 0'], ['c', 'BLPOP k 0']),
    'MULTI',
    computed('CLIENT KILL ID (b)', (seen) => `CLIENT KILL ID ${seen[0]}`),
    'RPUSH k x y; EXEC',
    ...gets('c', 'b'),
    'LRANGE k 0 -1',
  ],
  [
    'a transaction that unblocks and pushes',
    idOf('b'),
    ...inOrder(['b', 'BLPOP k 0']),
    'MULTI; RPUSH k x',
    computed('CLIENT UNBLOCK (b)', (seen) => `CLIENT UNBLOCK ${seen[0]}`),
    'EXEC',
    ...gets('b'),
    'LRANGE k 0 -1',
  ],
  [
    'CLIENT REPLY',
    later(on('b', 'CLIENT REPLY SKIP')),
    later(on('b', 'BLPOP k 0')),
    later(on('b', 'ECHO heard')),
    blocked(1),
    'RPUSH k x',
    ...gets('b'),
    later(on('b', 'CLIENT REPLY OFF')),
    later(on('b', 'BLPOP k 0')),
    blocked(1),
    'RPUSH k y; LLEN k',
    later(on('b', 'CLIENT REPLY ON')),
    ...gets('b'),
    on('b', 'PING'),
  ],
  [
    'RESP3 of one and RESP2 of another',
    ignore(on('b', 'HELLO 2')),
    ignore(on('c', 'HELLO 3')),
    ...inOrder(['b', 'BLPOP k 0.05'], ['c', 'BLPOP k 0.1']),
    ...gets('b', 'c'),
  ],
  [
    'statistics of commands and errors',
    'SET j v; CONFIG RESETSTAT',
    ...inOrder(['b', 'BLPOP k 0'], ['c', 'BLMOVE k j LEFT LEFT 0']),
    'RPUSH k x y',
    ...gets('b', 'c'),
    maskedLines(/^(?!cmdstat_(?:bl|rpush)).+$|usec(?:_per_call)?=[\d.]+/gm, 'INFO commandstats'),
    'INFO errorstats',
  ],
  [
    'CLIENT PAUSE holds the push back, not the time-out',
    ...inOrder(['b', 'BLPOP k 0.1'], ['c', 'BLPOP k 0']),
    'CLIENT PAUSE 300 WRITE',
    later('RPUSH k x'),
    ...gets('b', 'main', 'c'),
  ],
]);

defineOracleCases('a connection that ends', [
  ['is not served', later(on('b', 'BLPOP k 0')), blocked(1), hangUp('b'), blocked(0), 'RPUSH k x; LLEN k'],
  [
    'with requests behind',
    later(on('b', 'BLPOP k 0')),
    later(on('b', 'SET after 1')),
    blocked(1),
    hangUp('b'),
    blocked(0),
    'RPUSH k x; LLEN k; GET after',
  ],
]);
