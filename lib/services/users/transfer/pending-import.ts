import "server-only";
import { z } from "zod";
import { UnavailableError } from "@/lib/database-errors";
import type { Prisma } from "@/lib/db/client";
import { getPrisma } from "@/lib/db/prisma";
import { log } from "@/lib/log";
import { problem } from "@/lib/messages/problem";
import { addSeconds } from "@/lib/oauth/ports/context";
import { toStorable } from "@/lib/storable-text";
import { requirePermission, requireUser, type ServiceContext } from "../../context";
import { ServiceError, ValidationError } from "../../errors";
import { type Described, instant, type Returned, type Sent, type Wire } from "../../wire";
import { claimImport } from "./claim-import";
import { importRows } from "./import-rows";
import { importReport, importUsers, importUsersWire, mostRows, toReport } from "./import-users";
import { readUserFile, UnreadableFileError } from "./read-user-file";

/** Seconds. The file contains hashes of passwords, so it is kept no longer than its check is likely to be read. */
const lifetime = 3600;

const states = [
  "checked",
  "importing",
  /** It ended too early. What it has done so far is in the report, and it can be continued. */
  "stopped",
  "imported",
] as const;

const pendingImport = z.strictObject({
  fileName: z.string(),
  rowCount: z.int(),
  state: z.enum(states),
  /** Rows that the import has dealt with. */
  rowsDone: z.int(),
  /** Of the dry run or, once rows were imported, of those. */
  report: importReport,
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
  const { stoppedAt, ...report } = await importUsers(context, { rows, dryRun: true });
  if (stoppedAt !== null) throw new UnavailableError("the check of a file has stopped");
  const at = context.now();
  const data = {
    fileName: toStorable(fileName.slice(0, 200)),
    rows: rows as unknown as Prisma.InputJsonArray,
    rowCount: rows.length,
    rowsDone: 0,
    importingUntil: null,
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
      file: [problem("consoleProblems.import.mostRows", { rows: rows.length, maximum: mostRows })],
    });
  }
  return rows;
}

export const getPendingImportWire = { input: null, output: pendingImport.nullable() } satisfies Wire;

/** The actor's file, if it was checked within the last hour. */
export async function getPendingImport(context: ServiceContext): Promise<Returned<typeof getPendingImportWire>> {
  requirePermission(context, "users:write");
  const at = context.now();
  const found = await getPrisma().userImport.findFirst({
    where: { userId: requireUser(context), expiresAt: { gt: at } },
    select: { fileName: true, rowCount: true, rowsDone: true, report: true, importedAt: true, importingUntil: true },
  });
  // Null: one of an earlier version, whose file has to be chosen again.
  const report = importReport.safeParse(found?.report).data;
  if (!found || !report) return null;
  const { importingUntil, ...rest } = found;
  return { ...rest, report, state: toState(found, at) };
}

interface Times {
  rowsDone: number;
  importingUntil: Date | null;
  importedAt: Date | null;
}

function toState({ rowsDone, importingUntil, importedAt }: Times, at: Date): (typeof states)[number] {
  if (importedAt) return "imported";
  if (importingUntil && importingUntil > at) return "importing";
  return rowsDone > 0 ? "stopped" : "checked";
}

export const importCheckedUsersWire = { input: null, output: importUsersWire.output } satisfies Wire;

/**
 * Imports the actor's file, once; one that has stopped is continued. Rows that were right when they were checked may be
 * refused now. Progress is stored in the transactions that create users, so it is true however the import ends.
 * @throws NotFoundError if there is no file, it was imported already, or an import of it is under way
 */
export async function importCheckedUsers(context: ServiceContext): Promise<Returned<typeof importCheckedUsersWire>> {
  requirePermission(context, "users:write");
  const claim = await claimImport(context, requireUser(context));
  let { progress } = claim;
  try {
    if (claim.rows.some(({ groups = [] }) => groups.length > 0)) requirePermission(context, "groups:write");
    for await (progress of importRows(context, claim.rows, progress, { dryRun: false, record: claim.record }));
    await claim.finish(progress);
  } catch (error) {
    await claim.release().catch((cause) => log().warn({ err: cause }, "the file of an import stays claimed"));
    if (error instanceof ServiceError || progress.rowsDone === claim.progress.rowsDone) throw error;
    log().error({ err: error, rowsDone: progress.rowsDone }, "an import of users has stopped");
    return { ...toReport(progress), stoppedAt: progress.rowsDone + 1 };
  }
  return { ...toReport(progress), stoppedAt: null };
}

export const discardUserFileWire = { input: null, output: null } satisfies Wire;

/** Forgets the actor's file and its report. */
export async function discardUserFile(context: ServiceContext): Promise<void> {
  requirePermission(context, "users:write");
  await getPrisma().userImport.deleteMany({ where: { userId: requireUser(context) } });
}
