import path from "node:path";
import { importTypeScript } from "./setup/import-typescript.mjs";
import { prepare } from "./setup/prepare.mjs";
import { SetupError } from "./setup/run-program.mjs";

/** `npm test`: from a fresh clone to "N passed, N failed". */

process.chdir(path.resolve(import.meta.dirname, ".."));
try {
  await prepare({ build: false, dev: true, report: (line) => console.log(line) });
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  console.log("0 passed, 1 failed");
  process.exit(1);
}
const { runTests } = await importTypeScript("server/test/run-tests.ts");
await runTests(process.argv.slice(2));
