import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Loads a TypeScript module of this folder into this very process (no second one that could outlive it). Only that
 * module and what it imports are translated; Next.js beside it loads its own files as ever.
 * @param {string} file from the repository root
 */
export async function importTypeScript(file) {
  const { tsImport } = await import("tsx/esm/api");
  const tsconfig = path.resolve("server/tsconfig.json");
  return tsImport(pathToFileURL(path.resolve(file)).href, { parentURL: import.meta.url, tsconfig });
}
