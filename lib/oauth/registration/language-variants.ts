import type { z } from "zod";
import { toLanguageAndScript } from "../wire/language-script";

/** May come in several languages: `client_name#de` (RFC 7591 §2.2, OpenID Connect Registration §2.1). */
const variedMembers = ["client_name", "client_uri", "logo_uri", "tos_uri", "policy_uri"] as const;

export type VariedMember = (typeof variedMembers)[number];

/** Members in other languages, by their names with a canonical BCP 47 tag. */
export type LanguageVariants = Readonly<Record<`${string}#${string}`, string>>;

/** More languages than any client has; the bound keeps what is stored small. */
const maximumCount = 200;

interface VariantName {
  member: VariedMember;
  tag: string;
}

export interface ReadVariants {
  /** Those with which nothing is wrong. */
  variants: LanguageVariants;
  /** By their names as they were sent. */
  faults: { member: string; problem: string }[];
}

/**
 * The language variants among the members of an object, each checked by the rule of its member. A name without a
 * language tag after its `#` is an unknown member, and ignored (RFC 7591 §2). A registration refuses faults; what was
 * stored under earlier rules is kept without them.
 */
export function readLanguageVariants(
  sent: object,
  rules: { readonly [Name in VariedMember]: z.ZodType },
): ReadVariants {
  const variants: Record<string, string> = {};
  const faults: ReadVariants["faults"] = [];
  for (const [name, value] of Object.entries(sent)) {
    const parsed = parseName(name);
    if (!parsed) continue;
    const { success, error, data } = rules[parsed.member].safeParse(value);
    if (!success) faults.push({ member: name, problem: error.issues[0]?.message ?? "is invalid" });
    else if (typeof data === "string") variants[`${parsed.member}#${parsed.tag}`] = data;
  }
  if (Object.keys(variants).length > maximumCount) {
    const problem = `must have at most ${maximumCount} members in other languages`;
    faults.push({ member: "The metadata", problem });
  }
  return { variants, faults };
}

function parseName(name: string): VariantName | null {
  const [before = "", tag, ...rest] = name.split("#");
  const member = variedMembers.find((varied) => varied === before);
  if (!member || !tag || rest.length > 0 || tag.length > 35) return null;
  try {
    return { member, tag: Intl.getCanonicalLocales(tag)[0] ?? tag };
  } catch {
    return null;
  }
}

/**
 * The variant of a member for someone who reads `locale`: in exactly that language, else in a wider one (`de` for
 * `de-CH`), else in another form of it (`pt-PT` for `pt-BR`). Undefined if only the member without a tag is left.
 */
export function findVariant(variants: LanguageVariants, member: VariedMember, locale: string): string | undefined {
  const [language = ""] = locale.split("-");
  for (const wanted of widenings(locale)) {
    const found = variants[`${member}#${wanted}`];
    if (found !== undefined) return found;
  }
  // In the same script only: Traditional Chinese is no help to readers of `zh-CN`.
  const hasScriptOf = (tag: string) => toLanguageAndScript(tag) === toLanguageAndScript(locale);
  const near = Object.entries(variants).find(
    ([name]) => name.startsWith(`${member}#${language}-`) && hasScriptOf(name.slice(member.length + 1)),
  );
  return near?.[1];
}

/** `zh-Hant-TW`, `zh-Hant`, `zh` (RFC 4647 §3.4). */
function widenings(locale: string): string[] {
  const parts = locale.split("-");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("-"));
}
