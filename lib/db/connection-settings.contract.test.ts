import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readDatabaseUrl } from "@/lib/database-url";
import { createPostgresClient, createPostgresPool } from "./postgres";

const url = process.env.TEST_DATABASE_URL;
if (!url) throw new Error("TEST_DATABASE_URL is not set: run this with `npm test -- --only=contract`.");

const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
let server: Server | null = null;
/** A TCP port of the tests' database, which itself may have none. */
let relay: Server;
let relayPort: number;

beforeEach(async () => {
  const { host = "", port = 5432 } = { settings: undefined, ...readDatabaseUrl(url) }.settings ?? {};
  relay = createServer((socket) => {
    const upstream = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    socket.on("error", () => upstream.destroy());
    upstream.on("error", () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  relayPort = await listenOn(relay);
});

afterEach(() => {
  relay.close();
  server?.close();
  server = null;
});

async function listenOn(listener: Server): Promise<number> {
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  return typeof address === "object" && address ? address.port : 0;
}

/** The URL of the tests' database with other parameters, at a port of this machine. */
function withParameters(parameters: Record<string, string>, port = relayPort): string {
  const changed = new URL(url ?? "");
  for (const [name, value] of Object.entries(parameters)) changed.searchParams.set(name, value);
  changed.searchParams.set("host", "127.0.0.1");
  changed.searchParams.set("port", String(port));
  return changed.href;
}

async function selectOne(connectionString: string): Promise<unknown> {
  const client = createPostgresClient(connectionString);
  try {
    await client.connect();
    return (await client.query("SELECT 1 AS one")).rows[0]?.one;
  } finally {
    await client.end().catch(() => {});
  }
}

/** A server that answers the first bytes of each connection with `answer`, and what it has got from the client. */
async function listen(answer: string | null) {
  const received: Buffer[] = [];
  server = createServer((socket: Socket) => {
    socket.on("error", () => {});
    socket.on("data", (data) => {
      received.push(data);
      if (received.length === 1 && answer !== null) socket.write(answer);
      else socket.destroy();
    });
  });
  return { received, port: await listenOn(server) };
}

test("sslmode=prefer works on a server without TLS, for single connections and pools", async () => {
  expect(await selectOne(withParameters({ sslmode: "prefer" }))).toBe(1);
  const pool = createPostgresPool({ connectionString: withParameters({ sslmode: "prefer" }), max: 2 });
  expect(
    (await Promise.all([1, 2, 3].map(() => pool.query("SELECT 1 AS one")))).map(({ rows }) => rows[0]?.one),
  ).toEqual([1, 1, 1]);
  await pool.end();
});

test.each(["require", "verify-ca", "verify-full", "no-verify"])("sslmode=%s demands TLS of it", async (sslmode) => {
  await expect(selectOne(withParameters({ sslmode }))).rejects.toThrow("does not support SSL");
});

test("sslmode=prefer asks for TLS first, and sends nothing more to a server that claims it but has none", async () => {
  const { received, port } = await listen("S");
  await expect(selectOne(withParameters({ sslmode: "prefer" }, port))).rejects.toThrow();
  expect(received[0]).toEqual(sslRequest);
  // The start of a TLS handshake, in which no user name is readable.
  expect(received[1]?.[0]).toBe(0x16);
  expect(Buffer.concat(received).includes(new URL(url).username)).toBe(false);
});

test("data after a refusal of TLS isn't read as part of the connection (CVE-2021-23222)", async () => {
  const { received, port } = await listen("NR\0\0\0\x08\0\0\0\0");
  await expect(selectOne(withParameters({ sslmode: "prefer" }, port))).rejects.toThrow("SSL");
  expect(received).toEqual([sslRequest]);
});

test("the driver's own warnings are suppressed, those of others are not", async () => {
  const warnings: string[] = [];
  const keep = (warning: Error) => warnings.push(warning.message);
  process.on("warning", keep);
  process.emitWarning("pgpass support is deprecated and will be removed in pg@9.0. ", "DeprecationWarning");
  await selectOne(withParameters({ sslmode: "prefer" }));
  process.emitWarning("of another library");
  await new Promise(setImmediate);
  process.off("warning", keep);
  expect(warnings).toEqual(["of another library"]);
});
