import "server-only";
import { z } from "zod";
import { isOfferedLocale, offeredLocales } from "@/lib/messages/locales";
import { lockApi } from "../apis/find-api";
import { keepApplication } from "../applications/credentials/client-secrets";
import { lockApplication } from "../applications/update-application";
import { type ServiceContext, type Transaction, withTransaction } from "../context";
import { parseInput } from "../parse";
import { lockScope } from "../scopes/find-scope";
import type { Sent, Wire } from "../wire";
import { authorizeTranslation, findTranslated, type TranslatedObject, translatedReference } from "./translated";
import { type Translations, translationsSchema, withoutBlanks } from "./translations-schema";

/** By language, BCP 47; `translationsSchema` says how long a text of each kind may be. */
export const setTranslationsWire = {
  input: z.object({ ...translatedReference.shape, translations: z.record(z.string(), z.string()) }),
  output: null,
} satisfies Wire;

/**
 * Replaces the texts of an application, API or scope in other languages.
 * @throws ValidationError by language
 */
export async function setTranslations(
  context: ServiceContext,
  { translations, ...object }: Sent<typeof setTranslationsWire>,
): Promise<void> {
  authorizeTranslation(context, object);
  const after = withoutBlanks(parseInput(translationsSchema(object.kind), translations));
  await withTransaction(context, async (tx, audit) => {
    await findTranslated(context, tx, object);
    await lockRow(tx, object);
    const before = onlyOffered((await findTranslated(context, tx, object)).translations);
    if (JSON.stringify(before) === JSON.stringify(sortByLocale(after))) return;
    await replaceRows(tx, object, after);
    if (object.kind === "application") await keepApplication(tx, object.id);
    const [at, details] = [context.now(), { before, after }];
    switch (object.kind) {
      case "application":
        return audit.record({ type: "application.translated", at, applicationId: object.id, details });
      case "api":
        return audit.record({ type: "api.translated", at, details: { apiId: object.id, ...details } });
      case "scope":
        return audit.record({ type: "scope.translated", at, details: { scope: object.id, ...details } });
    }
  });
}

/** Texts in languages of another version stay as they are: no form shows them. */
function onlyOffered(texts: Translations): Translations {
  return Object.fromEntries(Object.entries(texts).filter(([locale]) => isOfferedLocale(locale)));
}

function sortByLocale(texts: Translations): Translations {
  return Object.fromEntries(Object.entries(texts).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Concurrent translations of the same object run one after the other. */
async function lockRow(tx: Transaction, { kind, id }: TranslatedObject): Promise<void> {
  switch (kind) {
    case "application":
      return lockApplication(tx, id);
    case "api":
      return lockApi(tx, id);
    case "scope":
      return lockScope(tx, id);
  }
}

async function replaceRows(tx: Transaction, { kind, id }: TranslatedObject, after: Translations): Promise<void> {
  const rows = Object.entries(after).map(([language, text]) => ({ locale: language, text }));
  const locale = { in: offeredLocales };
  switch (kind) {
    case "application":
      await tx.applicationTranslation.deleteMany({ where: { applicationId: id, locale } });
      await tx.applicationTranslation.createMany({ data: rows.map((row) => ({ applicationId: id, ...row })) });
      return;
    case "api":
      await tx.apiTranslation.deleteMany({ where: { apiId: id, locale } });
      await tx.apiTranslation.createMany({ data: rows.map((row) => ({ apiId: id, ...row })) });
      return;
    case "scope":
      await tx.scopeTranslation.deleteMany({ where: { scopeName: id, locale } });
      await tx.scopeTranslation.createMany({ data: rows.map((row) => ({ scopeName: id, ...row })) });
  }
}
