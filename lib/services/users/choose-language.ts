import "server-only";
import { z } from "zod";
import { offeredLocales } from "@/lib/messages/locales";
import { requireUser, type ServiceContext, withTransaction } from "../context";
import { parseInput } from "../parse";
import type { Sent, Wire } from "../wire";

export const languageSchema = z.object({ locale: z.enum(offeredLocales as [string, ...string[]]) });

export const chooseLanguageWire = { input: languageSchema, output: null } satisfies Wire;

/**
 * Sets the signed-in user's language, one of those that the screens are in (BCP 47). It is their `locale` claim as
 * well.
 */
export async function chooseLanguage(context: ServiceContext, input: Sent<typeof chooseLanguageWire>): Promise<void> {
  const id = requireUser(context);
  const { locale } = parseInput(languageSchema, input);
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const { count } = await tx.user.updateMany({
      where: { id, OR: [{ locale: null }, { locale: { not: locale } }] },
      data: { locale, updatedAt: at },
    });
    if (count > 0) await audit.record({ type: "profile.updated", at, userId: id, details: { fields: ["locale"] } });
  });
}
