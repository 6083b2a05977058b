import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "./user-error";

/**
 * A secret of this installation: generated on first use, then always the same. Stored in DATA_DIR/secrets, readable by
 * its owner only.
 */
export function readOrCreateSecret(dataDir: string, name: string): string {
  const directory = path.join(dataDir, "secrets");
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o700);
  const file = path.join(directory, name);
  try {
    return readSecret(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flush: true });
  try {
    // Unlike rename, link never replaces: of two concurrent starts one wins, and the other reads what it wrote.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readSecret(file);
}

function readSecret(file: string): string {
  const secret = readFileSync(file, "utf8").trim();
  if (secret.length < 32) throw new UserError(`${file} is damaged: it must have at least 32 characters. Restore it.`);
  return secret;
}
