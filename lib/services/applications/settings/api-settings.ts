import "server-only";
import type { ApiColumns } from "@/lib/db/oauth/client-settings";
import { problem } from "@/lib/messages/problem";
import { type ClientSettings, settingsOfKind } from "@/lib/oauth/ports/client-settings";
import { findOtherSpelling } from "@/lib/oauth/scope/resource-identifier";
import { isResourceIndicator } from "@/lib/oauth/scope/resource-indicators";
import type { Transaction } from "../../context";
import { ValidationError } from "../../errors";

const apiSettings = settingsOfKind("api");

/**
 * The IDs of the APIs that settings name. They can't be deleted until the transaction ends. Any application may name
 * any of them, as in a request.
 */
export async function findApiColumns(
  tx: Transaction,
  settings: Pick<ClientSettings, (typeof apiSettings)[number]>,
): Promise<ApiColumns> {
  const columns: [string, string | null][] = [];
  for (const name of apiSettings) {
    const identifier = settings[name];
    const id = identifier === null ? null : await findApiId(tx, identifier);
    if (id === undefined)
      throw new ValidationError({ [name]: [problem("consoleFieldProblems.application.unknownApi")] });
    columns.push([`${name}Id`, id]);
  }
  return Object.fromEntries(columns) as ApiColumns;
}

async function findApiId(tx: Transaction, identifier: string): Promise<string | undefined> {
  if (!isResourceIndicator(identifier)) return undefined;
  const [api] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM apis
    WHERE identifier IN (${identifier}, ${findOtherSpelling(identifier) ?? identifier})
    ORDER BY identifier = ${identifier} DESC FOR KEY SHARE`;
  return api?.id;
}
