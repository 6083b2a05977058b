import { closeSync, constants, fchmodSync, lstatSync, mkdirSync, openSync, readlinkSync, type Stats } from "node:fs";
import path from "node:path";
import { UserError } from "../user-error";

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
const mostLinks = 40;

/** Others may enter it, but not list what is in it. */
const folderMode = 0o711;

/** There is a link in a path that root must not follow. */
export class UntrustedLinkError extends UserError {}

/**
 * An open folder. What root does in folders that another user may write to it does through one: by their path, the user
 * could lead it elsewhere with a symbolic link in the place of a folder.
 */
export interface OpenFolder {
  fd: number;
  path: string;
}

/** A path to something in an open folder. Only Linux has one that goes by the descriptor. */
export function within({ fd, path: folder }: OpenFolder, name: string): string {
  return process.platform === "linux" ? `/proc/self/fd/${fd}/${name}` : path.join(folder, name);
}

/**
 * Opens a folder, following only links that nobody but root can have put there, and makes it if it is missing.
 * @throws UntrustedLinkError if there is another link in the path
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
    // Whatever the umask says.
    if (isMissing) fchmodSync(fd, folderMode);
    return { fd, path: inside };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${inside} can't be ${isMissing ? "made" : "opened"} (${code})`);
  } finally {
    closeSync(folder.fd);
  }
}

/** As the kernel's `protected_symlinks` does, and in folders without a sticky bit as well. */
function isRootsLink(folder: OpenFolder, link: Stats): boolean {
  const { uid, gid, mode } = lstatSync(within(folder, "."));
  const isOpenToOthers = (mode & (gid === 0 ? 0o002 : 0o022)) !== 0 && (mode & 0o1000) === 0;
  return link.uid === 0 && uid === 0 && !isOpenToOthers;
}

function refuse(folder: string, link: string) {
  return new UntrustedLinkError(
    `${folder} leads through ${link}, a symbolic link that another user than root may have put there: ` +
      "root follows no such link. Name the folder that it leads to.",
  );
}
