import type { Server } from "node:http";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import next from "next";
import { parseEnvironment } from "@/lib/env";
import { configure } from "./configure";
import { createFront } from "./front";
import { migrate } from "./migrate";
import { describePortInUse, listListenAddresses } from "./setup/check-port.mjs";
import { createShutdown } from "./shutdown";
import { UserError } from "./user-error";

const DRAIN_MS = 10_000;
const CLOSE_MS = 2_000;

type Report = (line: string) => void;

/** Throws an error that names what is wrong with the environment. */
export function checkConfiguration() {
  parseEnvironment(process.env);
}

/** Runs the server until a signal stops it. */
export async function serve({ dev, report }: { dev: boolean; report: Report }) {
  const startedAt = Date.now();
  const shutdown = createShutdown(report);

  const { configuration, postgres } = await shutdown.guard(configure(report));
  if (postgres) shutdown.add(() => postgres.release());
  await shutdown.checkpoint();

  const databaseUrl = postgres?.url ?? configuration.DATABASE_URL ?? "";
  const applied = await shutdown.guard(migrate(databaseUrl));
  if (applied.length > 0) report(`Applied ${applied.length} database migration${applied.length > 1 ? "s" : ""}`);
  await shutdown.checkpoint();

  const app = next({ dev, dir: process.cwd(), hostname: configuration.HOST, port: configuration.PORT });
  const [firstSteps] = await shutdown.guard(Promise.all([describeFirstSteps(configuration.PUBLIC_URL), app.prepare()]));
  // With hot reload, closing Next.js may never end; there is nothing in it that a longer wait would save.
  shutdown.add(() => Promise.race([app.close(), sleep(CLOSE_MS)]));
  const handle = app.getRequestHandler();
  const servers = await shutdown.guard(
    listen(configuration.PORT, configuration.HOST, () =>
      createFront({
        handle: (request, response) => handle(request, response),
        upgrade: dev ? app.getUpgradeHandler() : null,
        logError: (reference, error) => console.error(`Request failed, reference ${reference}:`, error),
      }),
    ),
  );
  shutdown.add(() => drain(servers));
  await shutdown.checkpoint();

  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  report(`\nLatchkey is ready (${seconds} s): ${configuration.PUBLIC_URL}`);
  for (const line of firstSteps) report(line);
  report(
    postgres ? `  Data:   ${path.resolve(configuration.DATA_DIR)}` : "  Data:   the PostgreSQL server of DATABASE_URL",
  );
  report("  Stop:   Ctrl-C\n");
  await shutdown.allowAnytime();
}

async function describeFirstSteps(publicUrl: string): Promise<string[]> {
  const { createSetupLink } = await import("@/lib/services/setup/create-setup-link");
  const link = await createSetupLink();
  if (!link) return [];
  return [
    "  There is no administrator yet. Make the first one in the browser, with this one-time link:",
    `          ${publicUrl}${link}`,
    "          or in another terminal: npm run createsuperuser",
  ];
}

/** Listens on all addresses that HOST stands for. */
async function listen(port: number, host: string, create: () => Server): Promise<Server[]> {
  const servers: Server[] = [];
  for (const address of listListenAddresses(host)) {
    const server = create();
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, address, resolve);
      });
      servers.push(server);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // A machine without IPv6 is served on 127.0.0.1 alone.
      if (address === "::1" && code !== "EADDRINUSE") continue;
      for (const open of servers) open.close();
      if (code === "EADDRINUSE") throw new UserError(describePortInUse(port));
      throw new UserError(
        `Can't listen on ${address}, port ${port}: ${(error as Error).message}. Change HOST or PORT.`,
      );
    }
  }
  return servers;
}

/** Stops accepting and lets requests under way finish. */
async function drain(servers: Server[]) {
  const closed = Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  // A kept-alive connection becomes idle only after its response.
  const sweep = setInterval(() => servers.map((server) => server.closeIdleConnections()), 50);
  const deadline = setTimeout(() => servers.map((server) => server.closeAllConnections()), DRAIN_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}
