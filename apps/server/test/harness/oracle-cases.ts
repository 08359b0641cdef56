import { type Backend, createEventLoop } from '@nanoredis/event-loop';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from './daemon';
import { type Comparison, findDifference, type Protocol, Side } from './oracle-run';
import { startOurServer } from './our-server';
import { type ComparedServer, ORACLE_MISSING, startRealServer } from './real-server';
import type { StepLike } from './steps';
import { type Exchange, findSuspicion } from './suspicion';

/** A case: a sentence, then what is sent, in order. It runs in both protocols unless it names one. */
export type OracleCase = readonly [title: string, ...steps: StepLike[]] | CaseInProtocol;

interface CaseInProtocol {
  readonly title: string;
  readonly steps: readonly StepLike[];
  readonly protocols: readonly Protocol[];
}

function withProtocols(oracleCase: OracleCase): CaseInProtocol {
  if ('title' in oracleCase) return oracleCase;
  const [title, ...steps] = oracleCase;
  return { title, steps, protocols: [2, 3] };
}

/** The case runs in this protocol only. */
export function inProtocol(protocol: Protocol, oracleCase: OracleCase): OracleCase {
  return { ...withProtocols(oracleCase), protocols: [protocol] };
}

/** Options of redis.conf that both servers start with. */
export type StartOptions = Readonly<Record<string, string>>;

/**
 * Starts both servers for the tests of the enclosing `describe` and stops them afterwards.
 * @param backend the event loop of our server; the best of the machine where it is left out.
 */
export function useBothServers(options: StartOptions = {}, backend?: Backend): Comparison {
  const comparison = {} as Comparison;
  let servers: ComparedServer[] = [];
  const argv = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  beforeAll(async () => {
    const ours = backend === undefined ? options : { ...options, 'event-loop': backend };
    servers = await Promise.all([startRealServer(argv), startOurServer({ config: ours })]);
    comparison.oracle = await Side.open(servers[0]!);
    comparison.subject = await Side.open(servers[1]!);
  });
  afterAll(async () => {
    await Promise.all([comparison.oracle?.close(), comparison.subject?.close()]);
    await Promise.all(servers.map((server) => server.stop()));
  });
  return comparison;
}

/** Declares a suite that is left out, with the reason in its name, where there is no oracle. */
export function describeWithOracle(name: string, body: () => void): void {
  if (ORACLE_MISSING === null) describe(name, body);
  else
    describe.skip(`${name} (left out: ${ORACLE_MISSING})`, () =>
      void it.skip('is compared with redis-server', () => {}));
}

/** Declares one test per case and protocol; each runs on both servers from empty databases, and so do the data afterwards. */
export function defineOracleCases(family: string, cases: readonly OracleCase[], options: StartOptions = {}): void {
  describeWithOracle(`${family}: answers as redis-server does`, () => declareCases(cases, useBothServers(options)));
}

/** As `defineOracleCases`, once for each event loop that this machine has: for what depends on when a connection ends. */
export function defineOracleCasesOverBackends(
  family: string,
  cases: readonly OracleCase[],
  options: StartOptions = {},
): void {
  for (const backend of backends) {
    const missing = reasonToLeaveOut(backend);
    const name = `${family}: answers as redis-server does over ${backend}`;
    if (missing === null) describeWithOracle(name, () => declareCases(cases, useBothServers(options, backend)));
    else describe.skip(`${name} (left out: ${missing})`, () => void it.skip('is compared with redis-server', () => {}));
  }
}

function declareCases(cases: readonly OracleCase[], comparison: Comparison): void {
  for (const { title, steps, protocols } of cases.map(withProtocols)) {
    for (const protocol of protocols) {
      it(`${title} (RESP${protocol})`, async () => {
        const exchanges: Exchange[] = [];
        expect(await findDifference(comparison, steps, protocol, exchanges), 'the first difference').toBeNull();
        expect(findSuspicion(title, exchanges), 'what the case does not test').toBeNull();
      });
    }
  }
}

/** Why our server cannot run on a backend here; null where it can. */
function reasonToLeaveOut(backend: Backend): string | null {
  try {
    void createEventLoop({ backend }).close();
    return null;
  } catch (error) {
    // libuv runs on every machine: there it is a failure.
    if (backend === 'libuv') throw error;
    return (error as Error).message;
  }
}
