import { defineOracleCasesOverBackends } from '../harness/oracle-cases';
import { answer, bytes, hangUp, ignore, later, on, rest, type Step, together } from '../harness/steps';
import { blocked, gets } from '../harness/waiting';

/** The first step of a case: from then on `$b` stands for the id of client b. */
const idOfB: Step = ignore(on('b', 'CLIENT ID'));

/** Sends commands in one write, so that the server executes them in one go, and reads so many replies. */
function sends(client: string, commands: string, replies = commands.split('; ').length): Step[] {
  const step = together(commands, (seen) =>
    commands.replaceAll('$b', seen.find((text) => /^\d+$/.test(text))!).split('; '),
  );
  return [on(client, step), ...gets(...Array<string>(replies).fill(client))];
}

/** Sends commands of which the first blocks the client, as the so-many-th one. */
function waits(client: string, commands: string, count = 1): Step[] {
  return [...sends(client, commands, 0), blocked(count)];
}

/** The next thing that these clients see is the end of their connections. */
const areClosed = gets;

defineOracleCasesOverBackends('a client that is killed while it waits in a blocking command', [
  [
    'after it was served, in the same pipeline, executes nothing more',
    idOfB,
    ...waits('b', 'BLPOP k 0; SET after 1'),
    ...sends('main', 'RPUSH k x; CLIENT KILL ID $b'),
    ...areClosed('b'),
    'LLEN k; EXISTS after',
  ],
  [
    'after it was served, leaves the rest to those behind it',
    idOfB,
    ...waits('b', 'BLPOP k 0; BLPOP k 0; SET after 1'),
    ...waits('c', 'BLPOP k 0', 2),
    ...sends('main', 'RPUSH k 1 2 3; CLIENT KILL ID $b; LRANGE k 0 -1'),
    ...areClosed('b'),
    ...gets('c'),
    'LRANGE k 0 -1; EXISTS after',
  ],
  [
    'before the push takes nothing',
    idOfB,
    ...waits('b', 'BLPOP k 0; SET after 1'),
    ...sends('main', 'CLIENT KILL ID $b; RPUSH k x; LLEN k'),
    ...areClosed('b'),
    'EXISTS after',
  ],
  [
    'in the transaction that pushes takes nothing',
    idOfB,
    ...waits('b', 'BLPOP k 0; SET after 1'),
    ...sends('main', 'MULTI; RPUSH k x; CLIENT KILL ID $b; EXEC; LLEN k'),
    ...areClosed('b'),
    'EXISTS after',
  ],
  [
    'after CLIENT UNBLOCK executes nothing more',
    idOfB,
    ...waits('b', 'BLPOP k 0; SET after 1'),
    ...sends('main', 'CLIENT UNBLOCK $b; CLIENT KILL ID $b; CLIENT UNBLOCK $b'),
    ...areClosed('b'),
    'EXISTS after',
  ],
  [
    'as the middle of a chain of moves',
    idOfB,
    ...waits('b', 'BLMOVE k d LEFT LEFT 0; SET after 1'),
    ...waits('c', 'BLPOP d 0; SET chained 1', 2),
    ...sends('main', 'RPUSH k x; CLIENT KILL ID $b'),
    ...areClosed('b'),
    ...gets('c', 'c'),
    'EXISTS after; EXISTS d; GET chained',
  ],
  [
    'cannot be killed, unblocked or listed again',
    idOfB,
    ...waits('b', 'BLPOP k 100; SET after 1'),
    ...sends('main', 'MULTI; CLIENT KILL ID $b; CLIENT KILL ID $b; CLIENT UNBLOCK $b; CLIENT LIST ID $b; EXEC'),
    ...areClosed('b'),
  ],
  [
    'waits no more, as INFO tells in the same pipeline',
    idOfB,
    ...waits('b', 'BLPOP k 100'),
    on(
      'main',
      together('CLIENT KILL ID $b; INFO clients', (seen) => [`CLIENT KILL ID ${seen[0]}`, 'INFO clients']),
    ),
    answer(),
    answer({
      how: 'masked',
      pattern: /^(?!connected_clients|blocked_clients|clients_in_timeout_table).+$/gm,
      lines: 'unordered',
    }),
    ...areClosed('b'),
  ],
]);

defineOracleCasesOverBackends('a client that is killed while it is paused', [
  [
    'executes nothing of what it had sent when the pause ends',
    idOfB,
    'CLIENT PAUSE 100000 WRITE',
    ...waits('b', 'SET k 1; SET after 1'),
    ...sends('main', 'CLIENT KILL ID $b; CLIENT UNPAUSE'),
    ...areClosed('b'),
    'EXISTS k after',
  ],
  [
    'right after the end of the pause, in the same pipeline',
    idOfB,
    'CLIENT PAUSE 100000 WRITE',
    ...waits('b', 'SET k 1; SET after 1'),
    ...sends('main', 'CLIENT UNPAUSE; CLIENT KILL ID $b'),
    ...areClosed('b'),
    'EXISTS k after',
  ],
  [
    'while others go on',
    idOfB,
    'CLIENT PAUSE 100000 WRITE',
    ...waits('b', 'SET k 1; SET after 1'),
    ...waits('c', 'SET j 1; SET after 2', 2),
    ...sends('main', 'CLIENT KILL ID $b; CLIENT UNPAUSE'),
    ...gets('c', 'c'),
    ...areClosed('b'),
    'MGET k j after',
  ],
]);

defineOracleCasesOverBackends('a client that hangs up', [
  [
    'while it waits takes nothing, and executes nothing more',
    ...waits('b', 'BLPOP k 0; SET after 1'),
    hangUp('b'),
    blocked(0),
    'RPUSH k x; LLEN k; EXISTS after',
  ],
  [
    'while it is paused executes nothing of what it had sent',
    'CLIENT PAUSE 100000 WRITE',
    ...waits('b', 'SET k 1; SET after 1'),
    hangUp('b'),
    blocked(0),
    'CLIENT UNPAUSE',
    'EXISTS k after',
  ],
]);

defineOracleCasesOverBackends('a client that ends itself', [
  [
    'by QUIT executes nothing behind it',
    ...sends('b', 'SET k 1; QUIT; SET after 1', 0),
    on('b', rest()),
    'EXISTS k after',
  ],
  [
    'by QUIT behind a blocking command',
    ...waits('b', 'BLPOP k 0; QUIT; SET after 1'),
    'RPUSH k x',
    on('b', rest()),
    'EXISTS after',
  ],
  [
    'by QUIT while it was paused',
    'CLIENT PAUSE 100000 WRITE',
    ...waits('b', 'SET k 1; QUIT; SET after 1'),
    'CLIENT UNPAUSE',
    on('b', rest()),
    'EXISTS k after',
  ],
  [
    'by CLIENT KILL',
    idOfB,
    ...sends('b', 'SET k 1; CLIENT KILL ID $b SKIPME no; SET after 1', 0),
    on('b', rest()),
    'EXISTS k after',
  ],
  [
    'by CLIENT KILL in a transaction, which is executed, but answered only so far',
    idOfB,
    ...sends('b', 'MULTI; SET k 1; CLIENT KILL ID $b SKIPME no; SET inside 1; GET inside; EXEC; SET after 1', 0),
    on('b', rest()),
    'EXISTS k inside; EXISTS after',
  ],
  [
    'by CLIENT KILL in a transaction, and subscribes and waits behind it',
    idOfB,
    ...sends(
      'b',
      'MULTI; CLIENT KILL ID $b SKIPME no; SUBSCRIBE news; BLPOP k 0; PUBLISH news x; EXEC; SET after 1',
      0,
    ),
    on('b', rest()),
    'RPUSH k x; LLEN k; PUBLISH news x; EXISTS after',
  ],
  [
    'by a protocol error behind a blocking command',
    on('b', bytes('BLPOP k 0\r\nSET before 1\r\n*1\r\nfoo\r\nSET after 1\r\n')),
    blocked(1),
    'RPUSH k x',
    on('b', rest()),
    'EXISTS before; EXISTS after',
  ],
  [
    'by a request of HTTP',
    on('b', bytes('SET k 1\r\nPOST / HTTP/1.1\r\nSET after 1\r\n')),
    on('b', rest()),
    'EXISTS k; EXISTS after',
  ],
  [
    'goes on behind RESET',
    ...waits('b', 'BLPOP k 0; RESET; SET after 1'),
    'RPUSH k x',
    ...gets('b', 'b', 'b'),
    'GET after',
  ],
]);

const limit = (kind: string): string[] => ['CONFIG', 'SET', 'client-output-buffer-limit', `${kind} 1mb 0 0`];
const large = 'SETRANGE large 300000 x';
const gets5 = Array<string>(5).fill('GET large').join('; ');

defineOracleCasesOverBackends('a client over its limit of output', [
  [
    'in the middle of a pipeline executes nothing more, and gets no reply',
    limit('normal'),
    large,
    ...sends('b', `${gets5}; SET after 1`, 0),
    on('b', rest()),
    'EXISTS after',
  ],
  [
    'in the middle of a transaction executes it, and nothing more',
    limit('normal'),
    large,
    ...sends('b', `MULTI; ${gets5}; SET inside 1; EXEC; SET after 1`, 0),
    on('b', rest()),
    'EXISTS inside; EXISTS after',
  ],
  [
    'by what others publish counts as a subscriber until the transaction is over',
    limit('pubsub'),
    large,
    on('b', 'SUBSCRIBE news'),
    'MULTI',
    ...Array.from({ length: 6 }, () => ['PUBLISH', 'news', 'x'.repeat(300_000)]),
    'EXEC',
    on('b', rest()),
    'PUBLISH news x',
  ],
]);

defineOracleCasesOverBackends('a client that is killed while messages reach it', [
  [
    'is no subscriber any more',
    idOfB,
    on('b', 'SUBSCRIBE news'),
    on('b', 'PSUBSCRIBE n*'),
    ...sends('main', 'PUBLISH news x; CLIENT KILL ID $b; PUBLISH news x; PUBSUB NUMSUB news; PUBSUB NUMPAT'),
    on('b', rest()),
  ],
  [
    'is no monitor any more',
    'PING',
    idOfB,
    on('b', 'MONITOR'),
    ...sends('main', 'GET before; CLIENT KILL ID $b; GET after'),
    on('b', rest()),
  ],
  [
    'is closed for what it sends later',
    idOfB,
    ...sends('main', 'CLIENT KILL ID $b'),
    later(on('b', 'PING')),
    on('b', rest()),
  ],
]);
