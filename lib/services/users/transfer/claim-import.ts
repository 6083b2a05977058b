import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Prisma } from "@/lib/db/client";
import { getPrisma } from "@/lib/db/prisma";
import { addSeconds } from "@/lib/oauth/ports/context";
import type { ServiceContext, Transaction } from "../../context";
import { NotFoundError } from "../../errors";
import { type ImportProgress, noProgress } from "./import-rows";
import { importReport, toReport } from "./import-users";
import { type ImportedUser, importedUser } from "./imported-user";

/** Seconds without progress after which an import has ended without saying so. */
const longestPause = 60;

/** A file that one call imports, until it ends or has made no progress for a while. */
export interface ImportClaim {
  rows: ImportedUser[];
  progress: ImportProgress;
  /** @throws NotFoundError if the file belongs to another call, or is gone: what `tx` has done must not be kept */
  record: (tx: Pick<Transaction, "userImport">, progress: ImportProgress) => Promise<void>;
  /** Lets others continue. */
  release: () => Promise<void>;
  /** All rows were dealt with. */
  finish: (progress: ImportProgress) => Promise<void>;
}

/** @throws NotFoundError if there is nothing to import, or another call is importing it */
export async function claimImport(context: ServiceContext, userId: string): Promise<ImportClaim> {
  const [claimId, at] = [randomUUID(), context.now()];
  const [claimed] = await getPrisma().$queryRaw<{ rows: unknown; rowsDone: number; report: unknown }[]>`
    UPDATE user_imports SET claim_id = ${claimId}::uuid, importing_until = ${addSeconds(at, longestPause)}
    WHERE user_id = ${userId}::uuid AND imported_at IS NULL AND expires_at > ${at}
      AND (importing_until IS NULL OR importing_until <= ${at})
    RETURNING rows, rows_done AS "rowsDone", report`;
  if (!claimed) throw new NotFoundError("file");
  const { rowsDone } = claimed;
  const where = { userId, claimId };
  return {
    rows: z.array(importedUser).parse(claimed.rows),
    progress: rowsDone === 0 ? noProgress : { rowsDone, ...importReport.parse(claimed.report) },
    async record(tx, progress) {
      const importingUntil = addSeconds(context.now(), longestPause);
      const { count } = await tx.userImport.updateMany({ where, data: { ...toColumns(progress), importingUntil } });
      if (count === 0) throw new NotFoundError("file");
    },
    async release() {
      await getPrisma().userImport.updateMany({ where, data: { claimId: null, importingUntil: null } });
    },
    async finish(progress) {
      const data = { ...toColumns(progress), rows: [], importedAt: context.now(), claimId: null, importingUntil: null };
      await getPrisma().userImport.updateMany({ where, data });
    },
  };
}

function toColumns(progress: ImportProgress) {
  return { rowsDone: progress.rowsDone, report: toReport(progress) as unknown as Prisma.InputJsonObject };
}
