import "server-only";
import { z } from "zod";
import { requireUser, type ServiceContext, withTransaction } from "../context";
import { parseInput } from "../parse";

export const languageSchema = z.object({ locale: z.string().max(35) });

/** Makes a language that the screens are offered in, a BCP 47 tag, the person's own: their `locale` claim as well. */
export async function chooseLanguage(context: ServiceContext, chosen: string): Promise<void> {
  const id = requireUser(context);
  const { locale } = parseInput(languageSchema, { locale: chosen });
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const { count } = await tx.user.updateMany({
      where: { id, OR: [{ locale: null }, { locale: { not: locale } }] },
      data: { locale, updatedAt: at },
    });
    if (count > 0) await audit.record({ type: "profile.updated", at, userId: id, details: { fields: ["locale"] } });
  });
}
