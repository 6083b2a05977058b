import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import type { ServiceContext } from "../context";
import { findTranslated, type Translated, type TranslatedObject } from "./translated";

/** What end users are told of an application, API or scope in each language, for whoever may change it. */
export function getTranslations(context: ServiceContext, object: TranslatedObject): Promise<Translated> {
  return findTranslated(context, getPrisma(), object);
}
