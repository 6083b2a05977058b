import { importTypeScript } from "./setup/import-typescript.mjs";
import { prepare } from "./setup/prepare.mjs";

/** Does the parts of a start that need root, in a process that ends afterwards: see `dropRoot`. */

const isServer = process.argv[2] === "server";
try {
  const { parseEnvironment } = await importTypeScript("lib/env.ts");
  const configuration = parseEnvironment(process.env);
  if (isServer) await prepare({ build: true, report: (line) => console.log(line) });
  const { findUser } = await importTypeScript("server/give-up-root.ts");
  process.send?.(findUser(configuration, isServer ? configuration.PORT : null), () => process.exit());
} catch (error) {
  const isPlain = ["EnvironmentError", "SetupError", "UserError"].includes(Object(error).name);
  console.error(isPlain ? Object(error).message : error);
  process.exit(1);
}
