import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * A digest of the names and contents of files and, recursively, folders. Missing ones count as missing.
 * @param {string[]} roots
 * @param {(file: string) => boolean} [isWanted]
 */
export function hashFiles(roots, isWanted = () => true) {
  const hash = createHash("sha256");
  /** @param {string} file */
  const add = (file) => {
    if (!existsSync(file)) return;
    if (statSync(file).isDirectory()) {
      for (const name of readdirSync(file).sort()) {
        const child = path.join(file, name);
        if (isWanted(child)) add(child);
      }
      return;
    }
    const content = readFileSync(file);
    hash.update(`${file}\0${content.length}\0`).update(content);
  };
  for (const root of roots) add(root);
  return hash.digest("hex");
}

/**
 * @param {string} file
 * @param {string} content
 */
export function hasContent(file, content) {
  try {
    return readFileSync(file, "utf8") === content;
  } catch {
    return false;
  }
}

/**
 * @param {string} file
 * @param {string} content
 */
export function writeInto(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}
