import "server-only";
import type { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlQueryable, Transaction } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { noLimits } from "@/lib/database-limits";
import { preferTls, readConnectionString, silenceDriver } from "./connection-settings";
import { carryOffsets, parseInstant, parseInstants } from "./instants";
import { readingAgain } from "./reading-again";
import { resetConnection } from "./reset-connection";
import {
  isLimited,
  limitSession,
  limitTransaction,
  noStartupLimits,
  readLimits,
  type ServerLimits,
} from "./server-limits";

/**
 * The only way to PostgreSQL, for the application, the migrations, the commands and the tests: with it a time is the
 * same instant in every time zone (docs/adr/0027).
 */

export type PostgresPool = pg.Pool;
export type PostgresResult = pg.QueryResult;

const { TIMESTAMPTZ } = pg.types.builtins;
const timestamptzArray = 1185;

// By default `pg` writes a Date in the time zone of the process, with an offset in whole minutes.
pg.defaults.parseInputDatesAsUTC = true;
silenceDriver();

type TypeParsers = pg.CustomTypesConfig;
type Query = (this: pg.Client, ...args: unknown[]) => unknown;
type Callback = (error: unknown, result?: unknown) => void;
/** The BackendKeyData of the server, or of a pooler in front of it. */
interface Keyed {
  processID: number | null;
}

/** Whether a connection of this process has turned out to be a pooler's. */
let isPooled = false;

/**
 * A connection that reads instants by their offset. If the database, the role or a pooler has set another DateStyle, in
 * which PostgreSQL would leave the offset out, it sets the ISO style first.
 *
 * It is closed if a query exceeds `query_timeout`: `pg` would wait for the answer before it sends anything else, and
 * after a transaction the pool would hand out the connection again.
 */
export class PostgresClient extends pg.Client {
  /** Called if a query wasn't answered within `query_timeout`. */
  onSilence: () => void = () => {};
  #isIso = true;
  #pending = 0;
  #limits: ServerLimits | null;
  /** The TCP or Unix socket: the driver puts TLS on top of it. */
  readonly #socket: Socket;

  constructor(config: pg.ClientConfig & { prefersTls?: boolean } = {}) {
    super(config);
    const limits = readLimits(config);
    this.#limits = isLimited(limits) ? limits : null;
    Object.assign((this as unknown as { connectionParameters: object }).connectionParameters, noStartupLimits);
    this.setTypeParser(TIMESTAMPTZ, parseInstant);
    this.setTypeParser(timestamptzArray as typeof TIMESTAMPTZ, parseInstants);
    // PostgreSQL reports the style when a connection begins and whenever it changes, and poolers pass that on.
    const { connection } = this as unknown as { connection: EventEmitter & { stream: Socket } };
    this.#socket = connection.stream;
    if (config.prefersTls) preferTls(connection);
    connection.on("parameterStatus", ({ parameterName, parameterValue }: Record<string, string>) => {
      if (parameterName === "DateStyle") this.#isIso = parameterValue?.startsWith("ISO") ?? false;
    });
  }

  static {
    // Assigned, as an override would have to repeat each of its overloads.
    PostgresClient.prototype.query = function (this: PostgresClient, config: unknown, ...rest: unknown[]) {
      // Queries of a connection run in the order in which they are given. If this one fails, so does the next.
      void this.prepare().catch(() => {});
      const withParsers = hasTypes(config) ? { ...config, types: readOffsets(config.types) } : config;
      return this.#watch((...args) => (pg.Client.prototype.query as Query).call(this, ...args), [withParsers, ...rest]);
    } as typeof pg.Client.prototype.query;
  }

  /** Cuts a connection that no longer answers. */
  abandon(): void {
    resetConnection(this.#socket);
  }

  /** Whether nothing is under way on it, neither a query nor a transaction. */
  get isIdle(): boolean {
    return this.#pending === 0 && this.getTransactionStatus() === "I" && this.listenerCount("error") > 0;
  }

  /** Makes its pool remove an idle connection immediately, as if the other end had closed it. */
  drop(): void {
    this.emit("error", new Error("Connection terminated unexpectedly"));
    this.abandon();
  }

  #watch(query: (...args: unknown[]) => unknown, args: unknown[]): unknown {
    this.#pending += 1;
    const settle = (error: unknown) => {
      this.#pending -= 1;
      if (!isReadTimeout(error)) return;
      // From here on it takes no query, not even a ROLLBACK, and the pool drops it.
      this.abandon();
      void this.end();
      this.onSilence();
    };
    const callback = args.at(-1);
    if (typeof callback === "function") {
      const watched: Callback = (error, result) => {
        settle(error);
        callback(error, result);
      };
      return query(...args.slice(0, -1), watched);
    }
    const outcome = query(...args);
    if (outcome instanceof Promise) outcome.then(() => settle(null), settle);
    return outcome;
  }

  /** Sets what the next query relies on. */
  async prepare(): Promise<void> {
    const query = pg.Client.prototype.query as Query;
    const [limits, asked] = [this.#limits, []] as [ServerLimits | null, unknown[]];
    this.#limits = null;
    if (limits) asked.push(query.call(this, limitSession(limits, (this as unknown as Keyed).processID)));
    if (!this.#isIso) asked.push(query.call(this, "SET DateStyle = 'ISO'"));
    if (asked.length === 0) return;
    const [limited] = (await Promise.all(asked)) as pg.QueryResult[];
    if (limits && limited?.rowCount === 0) isPooled = true;
  }
}

const poolOptions = {
  Client: PostgresClient,
  onConnect: (client: pg.ClientBase) => (client as PostgresClient).prepare(),
};

function isReadTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === "Query read timeout";
}

function hasTypes(config: unknown): config is { types: TypeParsers } {
  return typeof config === "object" && config !== null && "types" in config && !("submit" in config);
}

/**
 * Prisma's adapter (7.10.1) takes instants as text and would put UTC in place of the offset, whatever the offset is.
 */
function readOffsets(types: TypeParsers): TypeParsers {
  const getTypeParser = (oid: number, format: "text" | "binary") => {
    if (format === "binary") return types.getTypeParser(oid, format);
    if (oid === TIMESTAMPTZ) return (text: string) => parseInstant(text).toISOString();
    if (oid === timestamptzArray) return (text: string) => parseInstants(text).map((at) => at?.toISOString() ?? null);
    return types.getTypeParser(oid, format);
  };
  return { getTypeParser: getTypeParser as TypeParsers["getTypeParser"] };
}

/** A connection for single tasks outside of requests, without limits on its statements. */
export function createPostgresClient(connectionString: string): PostgresClient {
  return new PostgresClient({ ...readConnectionString({ connectionString }), ...noLimits });
}

/** A pool of such connections. */
export function createUnlimitedPool(connectionString: string): PostgresPool {
  return createPostgresPool({ ...readConnectionString({ connectionString }), ...noLimits });
}

/**
 * A pool of such connections. If one of them has died silently, for example because a firewall dropped it, the idle
 * ones have probably died as well: they are closed rather than tried one by one.
 */
export function createPostgresPool(config: pg.PoolConfig): PostgresPool {
  const pool = new pg.Pool({ ...readConnectionString(config), ...poolOptions });
  const clients = new Set<PostgresClient>();
  const closeIdle = () => {
    for (const client of clients) if (client.isIdle) client.drop();
  };
  // An idle connection was lost; the pool opens another when it needs one.
  pool.on("error", () => {});
  pool.on("connect", (client) => {
    const connected = client as unknown as PostgresClient;
    connected.onSilence = closeIdle;
    clients.add(connected);
  });
  pool.on("remove", (client) => clients.delete(client as unknown as PostgresClient));
  return pool;
}

/** Prisma's adapter over a pool of such connections; give it its settings, or a pool that the caller ends. */
export function createPrismaAdapter(poolOrConfig: PostgresPool | pg.PoolConfig): PrismaPg {
  const settings = poolOrConfig instanceof pg.Pool ? {} : readConnectionString(poolOrConfig);
  const limits = readLimits(settings);
  const factory =
    poolOrConfig instanceof pg.Pool
      ? new PrismaPg(poolOrConfig)
      : new PrismaPg(createPostgresPool(poolOrConfig), { disposeExternalPool: true });
  const { connect, connectToShadowDb } = factory;
  const sendOffsets = async (connecting: ReturnType<typeof connect>) => {
    const adapter = readingAgain(sendingOffsets(await connecting));
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => {
      const transaction = await startTransaction(level);
      if (isPooled) await limit(transaction, limits);
      return sendingOffsets(transaction);
    };
    return adapter;
  };
  factory.connect = () => sendOffsets(connect.call(factory));
  factory.connectToShadowDb = () => sendOffsets(connectToShadowDb.call(factory));
  return factory;
}

async function limit(transaction: Transaction, limits: ServerLimits): Promise<void> {
  if (!isLimited(limits)) return;
  try {
    await transaction.queryRaw(limitTransaction(limits));
  } catch (error) {
    await transaction.executeRaw({ sql: "ROLLBACK", args: [], argTypes: [] }).catch(() => {});
    await transaction.rollback();
    throw error;
  }
}

function sendingOffsets<T extends SqlQueryable>(queryable: T): T {
  const queryRaw = queryable.queryRaw.bind(queryable);
  const executeRaw = queryable.executeRaw.bind(queryable);
  return Object.assign(queryable, {
    queryRaw: (query: Parameters<typeof queryRaw>[0]) => queryRaw(carryOffsets(query)),
    executeRaw: (query: Parameters<typeof executeRaw>[0]) => executeRaw(carryOffsets(query)),
  });
}
