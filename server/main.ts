import { createServer } from "node:http";
import path from "node:path";
import next from "next";
import { parseEnvironment } from "@/lib/env";
import { captureConsole } from "./capture-console";
import { configure } from "./configure";
import { prepareDatabase } from "./database/prepare-database";
import type { Front } from "./front";
import { describePortInUse, listListenAddresses } from "./setup/check-port.mjs";
import { createShutdown } from "./shutdown";
import { UserError } from "./user-error";

const drainMs = 10_000;

type Report = (line: string) => void;

/**
 * Checks the environment.
 * @throws EnvironmentError with all problems
 */
export function checkConfiguration() {
  parseEnvironment(process.env);
}

/** Runs the server until a signal stops it. */
export async function serve({ dev, report }: { dev: boolean; report: Report }) {
  const startedAt = performance.now();
  const shutdown = createShutdown(report);

  const database = await shutdown.guard(configure(report, shutdown.signal), { toItsEnd: true });
  const { configuration, postgres } = database;
  if (postgres) shutdown.add(() => postgres.release());
  await shutdown.checkpoint();

  await shutdown.guard(prepareDatabase(database, { report, signal: shutdown.signal }), { toItsEnd: true });
  await shutdown.checkpoint();

  // Next.js adds its own upgrade handler to the server it is given, or else to the server of a request.
  const upgrades = createServer();
  const { HOST: hostname, PORT: port, PUBLIC_URL: publicUrl } = configuration;
  const app = next({ dev, dir: process.cwd(), hostname, port, httpServer: upgrades });
  await shutdown.guard(app.prepare());
  shutdown.add(() => app.close());
  // Imported only now: it reads the configuration, and what it imports from Next.js needs the globals that `prepare`
  // sets.
  const { startKeepingTime } = await import("./keeping-time");
  const time = await shutdown.guard(
    startKeepingTime((error) => console.error("Reading the database's time failed:", error)),
  );
  shutdown.add(time.stop);
  const { loadSettings } = await import("@/lib/services/settings/load-settings");
  await shutdown.guard(loadSettings());
  const firstSteps = await shutdown.guard(describeFirstSteps(publicUrl));
  const { withOutageAnswers } = await import("./front/outage-answers");
  // These read what Next.js has set up by now (`next/headers`).
  const { createFront } = await import("./front");
  const { refuseForeignActions } = await import("./front/foreign-actions");
  const answer = withOutageAnswers(refuseForeignActions(app.getRequestHandler(), publicUrl), publicUrl);
  const handle = async (...exchange: Parameters<typeof answer>) => {
    await time.settle();
    return answer(...exchange);
  };
  const { findSignInRefusal } = await import("./front/refused-sign-ins");
  const { MachineEndpoints } = await import("./front/machine/machine-endpoints");
  const { machineRoutes } = await import("@/lib/http/machine/machine-routes");
  const isLeftToNext = dev || configuration.MACHINE_ENDPOINTS === "next";
  const machineEndpoints = isLeftToNext
    ? null
    : new MachineEndpoints(machineRoutes(), { publicUrl, settle: time.settle });
  // Registered before the front, so that at shutdown it runs after the last request.
  const { startRecordingSuppressed } = await import("./jobs/suppressed-events");
  shutdown.add(
    startRecordingSuppressed((error) => console.error("Recording suppressed log lines and events failed:", error)),
  );
  const fronts = await shutdown.guard(
    listen(port, hostname, () =>
      createFront({
        handle,
        machineEndpoints,
        findSignInRefusal: (...request) => findSignInRefusal(...request, publicUrl),
        upgrade: dev ? (...upgrade) => upgrades.emit("upgrade", ...upgrade) || upgrade[1].destroy() : null,
        logError: (reference, error) => console.error(`Request failed, reference ${reference}:`, error),
        trustedProxies: configuration.TRUSTED_PROXIES,
        publicUrl,
        limits: {
          connections: configuration.MAX_CONNECTIONS,
          connectionsPerNetwork: configuration.MAX_CONNECTIONS_PER_NETWORK,
          requests: configuration.MAX_REQUESTS,
          requestsPerNetwork: configuration.MAX_REQUESTS_PER_NETWORK,
        },
      }),
    ),
  );
  shutdown.add(() => Promise.all(fronts.map((front) => front.drain(drainMs))));
  const { startJobs } = await import("./jobs/start-jobs");
  shutdown.add(startJobs((what) => (error) => console.error(`${what} failed:`, error)));
  await shutdown.checkpoint();

  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  report(`\nLatchkey is ready (${seconds} s): ${publicUrl}`);
  for (const line of firstSteps) report(line);
  report(
    postgres ? `  Data:   ${path.resolve(configuration.DATA_DIR)}` : "  Data:   the PostgreSQL server of DATABASE_URL",
  );
  report("  Stop:   Ctrl-C\n");
  // Output before this point is for the operator; from here on it is for programs.
  if (!dev) captureConsole();
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

/** Listens on all addresses for this HOST. */
async function listen(port: number, host: string, create: () => Front): Promise<Front[]> {
  const fronts: Front[] = [];
  for (const address of listListenAddresses(host)) {
    const front = create();
    const { server } = front;
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, address, resolve);
      });
      fronts.push(front);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // A machine without IPv6 listens on 127.0.0.1 only.
      if (address === "::1" && code !== "EADDRINUSE") continue;
      for (const open of fronts) open.server.close();
      if (code === "EADDRINUSE") throw new UserError(describePortInUse(port));
      throw new UserError(
        `Can't listen on ${address}, port ${port}: ${(error as Error).message}. Change HOST or PORT.`,
      );
    }
  }
  return fronts;
}
