import path from "node:path";
import { dropRoot } from "./setup/drop-root.mjs";
import { respectNohup } from "./setup/hang-up.mjs";
import { importTypeScript } from "./setup/import-typescript.mjs";
import { prepare } from "./setup/prepare.mjs";
import { SetupError } from "./setup/run-program.mjs";

/** @type {Record<string, string>} */
const commands = {
  createsuperuser: "server/cli/createsuperuser.ts",
  createapplication: "server/cli/createapplication.ts",
  createuser: "server/cli/createuser.ts",
  changepassword: "server/cli/changepassword.ts",
  disableuser: "server/cli/disableuser.ts",
  enableuser: "server/cli/enableuser.ts",
  listusers: "server/cli/listusers.ts",
  importusers: "server/cli/importusers.ts",
  exportusers: "server/cli/exportusers.ts",
  creategroup: "server/cli/creategroup.ts",
  cleartokens: "server/cli/cleartokens.ts",
  rotatekeys: "server/cli/rotatekeys.ts",
  "db:diff": "server/database/create-migration.ts",
};

respectNohup();
process.chdir(path.resolve(import.meta.dirname, ".."));
const [name = "", ...args] = process.argv.slice(2);
const file = commands[name];
if (!file) {
  console.error(`Usage: node server/cli.mjs ${Object.keys(commands).join(" | ")}`);
  process.exit(1);
}
process.env.NODE_ENV ||= "production";
try {
  // Standard output belongs to the command: scripts read it.
  await prepare({ build: false, report: (line) => console.error(line) });
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exit(1);
}
// Files that a command creates belong to the user that the server runs as; files owned by root would get in the way. A
// migration goes into the checkout.
if (name !== "db:diff" && !args.some((argument) => argument === "--help" || argument === "-h"))
  await dropRoot("command");
const { main } = await importTypeScript(file);
await main(args);
