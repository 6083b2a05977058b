import path from "node:path";
import { checkPort } from "./setup/check-port.mjs";
import { dropRoot } from "./setup/drop-root.mjs";
import { respectNohup } from "./setup/hang-up.mjs";
import { importTypeScript } from "./setup/import-typescript.mjs";
import { prepare } from "./setup/prepare.mjs";

/** `npm start` and, with `--dev`, `npm run dev`: from a fresh clone to a running server. */

respectNohup();
process.chdir(path.resolve(import.meta.dirname, ".."));
const isRoot = process.getuid?.() === 0;
const dev = process.argv.includes("--dev");
process.env.NODE_ENV = dev ? "development" : "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";

const report = (/** @type {string} */ line) => console.log(line);

try {
  const port = Number(process.env.PORT || 8000);
  if (Number.isInteger(port) && port > 0 && port < 65_536) await checkPort(port, process.env.HOST || "127.0.0.1");
  await prepare({ build: false, report });
  // `npm run dev` writes all over the checkout.
  const rootReason = dev ? null : await dropRoot("server");
  const { checkConfiguration, serve } = await importTypeScript("server/main.ts");
  checkConfiguration();
  // Root has already built it.
  if (!dev && !isRoot) await prepare({ build: true, report });
  if (rootReason) report(rootReason);
  await serve({ dev, report });
} catch (error) {
  const isPlain = ["EnvironmentError", "SetupError", "UserError"].includes(Object(error).name);
  console.error(isPlain ? Object(error).message : error);
  process.exit(1);
}
