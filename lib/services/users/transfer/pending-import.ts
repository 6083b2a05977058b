import "server-only";
import { z } from "zod";
import type { Prisma } from "@/lib/db/client";
import { getPrisma } from "@/lib/db/prisma";
import { problem } from "@/lib/messages/problem";
import { addSeconds } from "@/lib/oauth/ports/context";
import { requirePermission, requireUser, type ServiceContext } from "../../context";
import { NotFoundError, ValidationError } from "../../errors";
import { type Described, instant, type Returned, type Sent, type Wire } from "../../wire";
import { importUsers, importUsersWire, mostRows } from "./import-users";
import { importedUser } from "./imported-user";
import { readUserFile, UnreadableFileError } from "./read-user-file";

/** Seconds. The file contains hashes of passwords, so it is kept no longer than its check is likely to be read. */
const lifetime = 3600;

const pendingImport = z.strictObject({
  fileName: z.string(),
  rowCount: z.int(),
  /** Of the dry run or, once it has been imported, of that. */
  report: importUsersWire.output,
  importedAt: instant.nullable(),
});

export type PendingImport = Described<typeof pendingImport>;

export const checkUserFileWire = {
  input: z.object({ fileName: z.string(), content: z.string() }),
  output: null,
} satisfies Wire;

/**
 * Reads a file of users and checks all of its rows. It replaces the actor's file before, and is kept for an hour: for
 * its report, and for `importCheckedUsers`.
 * @throws ValidationError for `file` if it can't be read as a whole
 */
export async function checkUserFile(
  context: ServiceContext,
  { fileName, content }: Sent<typeof checkUserFileWire>,
): Promise<void> {
  requirePermission(context, "users:write");
  const userId = requireUser(context);
  const rows = readRows(content);
  const report = await importUsers(context, { rows, dryRun: true });
  const at = context.now();
  const data = {
    fileName: fileName.slice(0, 200),
    rows: rows as unknown as Prisma.InputJsonArray,
    rowCount: rows.length,
    report: report as unknown as Prisma.InputJsonObject,
    createdAt: at,
    expiresAt: addSeconds(at, lifetime),
    importedAt: null,
  };
  await getPrisma().userImport.upsert({
    where: { userId },
    create: { userId, ...data },
    update: data,
    select: { userId: true },
  });
}

function readRows(content: string) {
  let rows: ReturnType<typeof readUserFile>;
  try {
    rows = readUserFile(content);
  } catch (error) {
    if (error instanceof UnreadableFileError) throw new ValidationError({ file: [error.message] });
    throw error;
  }
  if (rows.length === 0) throw new ValidationError({ file: [problem("consoleProblems.users.emptyFile")] });
  if (rows.length > mostRows) {
    throw new ValidationError({
      file: [`The file has ${rows.length} users. Choose one with at most ${mostRows}, or use the command importusers.`],
    });
  }
  return rows;
}

export const getPendingImportWire = { input: null, output: pendingImport.nullable() } satisfies Wire;

/** The actor's file, if it was checked within the last hour. */
export async function getPendingImport(context: ServiceContext): Promise<Returned<typeof getPendingImportWire>> {
  requirePermission(context, "users:write");
  const found = await getPrisma().userImport.findFirst({
    where: { userId: requireUser(context), expiresAt: { gt: context.now() } },
    select: { fileName: true, rowCount: true, report: true, importedAt: true },
  });
  return found && { ...found, report: importUsersWire.output.parse(found.report) };
}

export const importCheckedUsersWire = { input: null, output: importUsersWire.output } satisfies Wire;

/**
 * Imports the actor's file, once. Rows that were right when they were checked may be refused now.
 * @throws NotFoundError if there is none, or it was imported already
 */
export async function importCheckedUsers(context: ServiceContext): Promise<Returned<typeof importCheckedUsersWire>> {
  requirePermission(context, "users:write");
  const userId = requireUser(context);
  const at = context.now();
  const [claimed] = await getPrisma().$queryRaw<{ rows: unknown }[]>`
    WITH claimed AS (
      SELECT user_id, rows FROM user_imports
      WHERE user_id = ${userId}::uuid AND imported_at IS NULL AND expires_at > ${at} FOR UPDATE)
    UPDATE user_imports SET imported_at = ${at}, rows = '[]' FROM claimed
    WHERE user_imports.user_id = claimed.user_id RETURNING claimed.rows`;
  if (!claimed) throw new NotFoundError("file");
  const report = await importUsers(context, { rows: z.array(importedUser).parse(claimed.rows), dryRun: false });
  await getPrisma().userImport.updateMany({
    where: { userId, importedAt: at },
    data: { report: report as unknown as Prisma.InputJsonObject },
  });
  return report;
}

export const discardUserFileWire = { input: null, output: null } satisfies Wire;

/** Forgets the actor's file and its report. */
export async function discardUserFile(context: ServiceContext): Promise<void> {
  requirePermission(context, "users:write");
  await getPrisma().userImport.deleteMany({ where: { userId: requireUser(context) } });
}
