import { constants, lstatSync, openSync, renameSync, rmSync } from "node:fs";
import type { PostgresAccount } from "./account";

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_WRONLY } = constants;
const maxLogBytes = 10 * 1024 * 1024;

/** Opens a file or folder that isn't a link, and transfers it to PostgreSQL's account. */
export function openOwned(account: PostgresAccount, file: string, flags: number): number {
  const fd = openSync(file, flags | O_NOFOLLOW, 0o600);
  account.own(fd);
  return fd;
}

/**
 * Opens PostgreSQL's log for appending. An operator may have redirected it with a link; but root follows none: if
 * PostgreSQL's account can write to DATA_DIR, it could lead root to any file.
 */
export function openLog(account: PostgresAccount, file: string): number {
  if (process.getuid?.() !== 0 && lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) {
    return openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, 0o600);
  }
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found && (!found.isFile() || found.nlink > 1)) rmSync(file);
  else if (found && found.size > maxLogBytes) renameSync(file, `${file}.1`);
  return openOwned(account, file, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK);
}
