import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import type { ServiceContext } from "../context";
import type { Returned, Sent, Wire } from "../wire";
import { findTranslated, translated, translatedReference } from "./translated";

export const getTranslationsWire = { input: translatedReference, output: translated } satisfies Wire;

/** What end users see of an application, API or scope in each language, for actors that may change it. */
export function getTranslations(
  context: ServiceContext,
  object: Sent<typeof getTranslationsWire>,
): Promise<Returned<typeof getTranslationsWire>> {
  return findTranslated(context, getPrisma(), object);
}
