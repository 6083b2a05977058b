import path from "node:path";
import { importTypeScript } from "../server/setup/import-typescript.mjs";
import { prepare } from "../server/setup/prepare.mjs";

/** `npm run bench -- NAME`: measures on a temporary PostgreSQL and its own servers. */

/** @type {Record<string, string>} */
const benches = {
  admin: "bench/admin.ts",
  floods: "bench/floods.ts",
  "id-tokens": "bench/id-tokens.ts",
  machine: "bench/machine-endpoints.ts",
  plans: "bench/plans.ts",
  races: "bench/races.ts",
  secrets: "bench/wrong-secrets.ts",
};

process.chdir(path.resolve(import.meta.dirname, ".."));
const [name = "", ...args] = process.argv.slice(2);
const file = benches[name];
if (!file) {
  console.error(`Usage: npm run bench -- ${Object.keys(benches).join(" | ")}`);
  process.exit(1);
}
await prepare({ build: name !== "plans", dev: true, report: (line) => console.error(line) });
const { main } = await importTypeScript(file);
await main(args);
process.exit();
