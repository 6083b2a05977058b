import "server-only";
import { z } from "zod";
import { offeredLocales } from "@/lib/messages/locales";
import { readClientDescription } from "@/lib/oauth/registration/client-description";
import { findVariant } from "@/lib/oauth/registration/language-variants";
import { whereApi } from "../apis/find-api";
import { whereApplication } from "../applications/find-application";
import type { Transaction } from "../context";
import { requireActor, requirePermission, type ServiceContext } from "../context";
import { type Missing, NotFoundError } from "../errors";
import { whereScope } from "../scopes/find-scope";
import { translationKinds } from "./translations-schema";

/** An application or API by its id, a scope by its name. */
export const translatedReference = z.object({ kind: z.enum(translationKinds), id: z.string() });

export type TranslatedObject = z.output<typeof translatedReference>;

/** An object with the texts that end users see of it, its own and those in other languages. */
export const translated = z.strictObject({
  /** What administrators call it. */
  name: z.string(),
  /** What is translated: the name, or a scope's description. */
  text: z.string(),
  translations: z.record(z.string(), z.string()),
  /**
   * The names that an application registered for itself in other languages (RFC 7591 §2.2), used if none is given here.
   */
  registered: z.record(z.string(), z.string()),
});

export type Translated = z.output<typeof translated>;

type Tables = Pick<Transaction, "application" | "api" | "scope">;

const translations = { select: { locale: true, text: true }, orderBy: { locale: "asc" } } as const;

/**
 * Whether the actor may translate such an object at all, before anything is read of the input or the object.
 * @throws UnauthenticatedError, ForbiddenError, NotFoundError
 */
export function authorizeTranslation(context: ServiceContext, { kind, id }: TranslatedObject): void {
  requireActor(context);
  switch (kind) {
    case "application":
      whereApplication(context, id, "applications:write");
      return;
    case "api":
      requirePermission(context, "apis:write");
      whereApi(id);
      return;
    case "scope":
      requirePermission(context, "scopes:write");
      whereScope(id);
  }
}

/**
 * The object if the actor may change it.
 * @throws UnauthenticatedError, ForbiddenError, NotFoundError
 */
export async function findTranslated(
  context: ServiceContext,
  tables: Tables,
  object: TranslatedObject,
): Promise<Translated> {
  authorizeTranslation(context, object);
  const { kind, id } = object;
  switch (kind) {
    case "application": {
      const where = whereApplication(context, id, "applications:write");
      return toTranslated(
        "application",
        await tables.application.findFirst({ where, select: { name: true, metadata: true, translations } }),
      );
    }
    case "api":
      return toTranslated(
        "api",
        await tables.api.findUnique({ where: whereApi(id), select: { name: true, translations } }),
      );
    case "scope": {
      const select = { name: true, description: true, translations };
      return toTranslated("scope", await tables.scope.findUnique({ where: whereScope(id), select }));
    }
  }
}

interface Row {
  name: string;
  description?: string;
  metadata?: unknown;
  translations: readonly { locale: string; text: string }[];
}

function toTranslated(what: Missing, row: Row | null): Translated {
  if (!row) throw new NotFoundError(what);
  const { name, description = name } = row;
  const texts = row.translations.map(({ locale, text }) => [locale, text]);
  return { name, text: description, translations: Object.fromEntries(texts), registered: listRegistered(row.metadata) };
}

function listRegistered(metadata: unknown): Record<string, string> {
  const description = readClientDescription(metadata);
  const names = offeredLocales.map((locale) => [locale, findVariant(description, "client_name", locale)] as const);
  return Object.fromEntries(names.flatMap(([locale, name]) => (name === undefined ? [] : [[locale, name]])));
}
