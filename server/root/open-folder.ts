import { closeSync, constants, fchmodSync, lstatSync, mkdirSync, openSync, readlinkSync, type Stats } from "node:fs";
import path from "node:path";
import { UserError } from "../user-error";

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
const mostLinks = 40;

/** Others may enter it, but not list its contents. */
const folderMode = 0o711;

/** A path that root must not follow contains a link. */
export class UntrustedLinkError extends UserError {}

/**
 * An open folder. In folders that another user can write to, root only works through these: by path, the user could
 * replace a folder with a symbolic link and lead root elsewhere.
 */
export interface OpenFolder {
  fd: number;
  path: string;
}

/** A path to an entry of an open folder. Only on Linux does it go through the descriptor. */
export function within({ fd, path: folder }: OpenFolder, name: string): string {
  return process.platform === "linux" ? `/proc/self/fd/${fd}/${name}` : path.join(folder, name);
}

/**
 * Opens a folder, following only links that nobody but root can have created, and creates it if it is missing.
 * @throws UntrustedLinkError if the path contains another link
 */
export function openOrMakeFolder(absolutePath: string): OpenFolder {
  let folder = openRoot();
  const names = split(absolutePath);
  let links = 0;
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    const found = lstatSync(within(folder, name), { throwIfNoEntry: false });
    if (!found?.isSymbolicLink()) {
      folder = enter(folder, name, found === undefined);
      continue;
    }
    links += 1;
    if (links > mostLinks || !isRootsLink(folder, found)) throw refuse(absolutePath, path.join(folder.path, name));
    const target = readlinkSync(within(folder, name));
    names.unshift(...split(target));
    if (!target.startsWith("/")) continue;
    closeSync(folder.fd);
    folder = openRoot();
  }
  return folder;
}

function openRoot(): OpenFolder {
  return { fd: openSync("/", O_RDONLY | O_DIRECTORY), path: "/" };
}

function split(file: string): string[] {
  return file.split("/").filter((name) => name !== "" && name !== ".");
}

function enter(folder: OpenFolder, name: string, isMissing: boolean): OpenFolder {
  const inside = path.join(folder.path, name);
  try {
    if (isMissing) mkdirSync(within(folder, name), folderMode);
    const fd = openSync(within(folder, name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    // Regardless of the umask.
    if (isMissing) fchmodSync(fd, folderMode);
    return { fd, path: inside };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${inside} can't be ${isMissing ? "created" : "opened"} (${code})`);
  } finally {
    closeSync(folder.fd);
  }
}

/** Like the kernel's `protected_symlinks`, but also in folders without a sticky bit. */
function isRootsLink(folder: OpenFolder, link: Stats): boolean {
  const { uid, gid, mode } = lstatSync(within(folder, "."));
  const isOpenToOthers = (mode & (gid === 0 ? 0o002 : 0o022)) !== 0 && (mode & 0o1000) === 0;
  return link.uid === 0 && uid === 0 && !isOpenToOthers;
}

function refuse(folder: string, link: string) {
  return new UntrustedLinkError(
    `${folder} leads through ${link}, a symbolic link that a user other than root may have created: ` +
      "root doesn't follow such links. Use the folder that it leads to.",
  );
}
