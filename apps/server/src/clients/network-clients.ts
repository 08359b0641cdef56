import type { Connection, ConnectionHandler } from '@nanoredis/event-loop';
import type { RequestLimits } from '@nanoredis/resp-codec';
import type { Configuration } from '../config/configuration';
import type { Statistics } from '../runtime/statistics';
import { Ending } from '../session/ending';
import type { Session } from '../session/session';
import { isLoopback } from './is-loopback';
import { NetworkClient } from './network-client';
import { type PumpedServer, RequestPump } from './request-pump';

/** What the clients behind sockets need of their server. */
export interface ServerOfClients extends PumpedServer {
  readonly config: Pick<Configuration, 'values'>;
  readonly statistics: PumpedServer['statistics'] & Pick<Statistics, 'connectionsReceived' | 'rejectedConnections'>;
  readonly credentials: { readonly isRequired: boolean };
  readonly sessions: { open(): Session };
}

/**
 * The clients that are connected by sockets: admits a connection or refuses it (`maxclients`, `protected-mode`), gives it a session
 * until it closes, and hands what it sends to the pump.
 */
export class NetworkClients implements ConnectionHandler {
  readonly #server: ServerOfClients;
  readonly #pump: RequestPump;
  #count = 0;

  constructor(server: ServerOfClients, limits: RequestLimits) {
    this.#server = server;
    this.#pump = new RequestPump(server, limits);
  }

  /** Connections that are open. O(1). */
  get count(): number {
    return this.#count;
  }

  onOpen(connection: Connection): void {
    const server = this.#server;
    this.#count++;
    server.statistics.connectionsReceived++;
    const refusal = this.#refusal(connection);
    if (refusal !== null) {
      server.statistics.rejectedConnections++;
      const bytes = Buffer.from(refusal);
      connection.write(bytes, 0, bytes.length);
      connection.end();
      return;
    }
    server.batch.begin();
    const session = server.sessions.open();
    const client = new NetworkClient(connection, session, this.#pump.createParser(), this.#pump.reply, this.#pump);
    session.transport = client;
    connection.context = client;
    connection.setKeepAlive(server.config.values['tcp-keepalive']);
  }

  onData(connection: Connection, bytes: Buffer, start: number, end: number): void {
    const client = connection.context as NetworkClient | null;
    if (client === null) return;
    this.#server.batch.begin();
    this.#pump.receive(client, bytes, start, end);
  }

  onClose(connection: Connection): void {
    this.#count--;
    const client = connection.context as NetworkClient | null;
    if (client === null) return;
    client.parser.release();
    client.session.end(Ending.now);
  }

  onBatch(): void {
    this.#server.batch.end();
  }

  /** Why a connection is not admitted, as the reply that it gets; null where it is. */
  #refusal(connection: Connection): string | null {
    const { config, credentials } = this.#server;
    if (this.#count > config.values.maxclients) return '-ERR max number of clients reached\r\n';
    if (!config.values['protected-mode'] || credentials.isRequired) return null;
    return connection.isUnix || isLoopback(connection.remoteAddress) ? null : PROTECTED_MODE_ERROR;
  }
}

/** The reply to a client of another machine while there is no password; after redis-server's text. */
const PROTECTED_MODE_ERROR =
  '-DENIED Redis is running in protected mode because protected mode is enabled and no password is set for the ' +
  'default user. In this mode connections are only accepted from the loopback interface. If you want to connect from ' +
  'external computers to Redis you may adopt one of the following solutions: 1) Just disable protected mode sending ' +
  "the command 'CONFIG SET protected-mode no' from the loopback interface by connecting to Redis from the same host " +
  'the server is running, however MAKE SURE Redis is not publicly accessible from internet if you do so. Use CONFIG ' +
  'REWRITE to make this change permanent. 2) Alternatively you can just disable the protected mode by editing the ' +
  "Redis configuration file, and setting the protected mode option to 'no', and then restarting the server. 3) If " +
  "you started the server manually just for testing, restart it with the '--protected-mode no' option. 4) Setup a an " +
  'authentication password for the default user. NOTE: You only need to do one of the above things in order for the ' +
  'server to start accepting connections from the outside.\r\n';
