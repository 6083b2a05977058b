import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Loads a TypeScript module of this folder into this process, not a second one that could outlive it. Only that module
 * and its imports are translated; Next.js loads its own files as usual.
 * @param {string} file from the repository root
 */
export async function importTypeScript(file) {
  const { tsImport } = await import("tsx/esm/api");
  const tsconfig = path.resolve("server/tsconfig.json");
  return tsImport(pathToFileURL(path.resolve(file)).href, { parentURL: import.meta.url, tsconfig });
}
