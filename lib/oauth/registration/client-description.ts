import { z } from "zod";
import { findHostProblem } from "../wire/address-host";
import { hasHiddenControl, isVisible } from "../wire/displayed-text";
import { isUrl } from "../wire/is-url";
import { findVariant, type LanguageVariants, type ReadVariants, readLanguageVariants } from "./language-variants";

/** What a client says about itself and this server makes no decisions by (RFC 7591 §2), by names on the wire. */
export type ClientDescription = z.output<typeof descriptionSchema> & LanguageVariants;

const text = (maximum: number) =>
  z
    .string("must be a string")
    .refine(isVisible, "must not be empty")
    .max(maximum, `must have at most ${maximum} characters`)
    .refine((value) => !hasHiddenControl(value), "must not contain control characters");

/** Shown to users as links and images: nothing that a browser executes or that could be changed in transit. */
const webAddress = text(2000).refine(isHttpsAddress, "must be an https address");

export const descriptionSchema = z.object({
  client_uri: webAddress.optional(),
  logo_uri: webAddress.optional(),
  tos_uri: webAddress.optional(),
  policy_uri: webAddress.optional(),
  contacts: z.array(text(254), "must be a list of strings").max(10, "must have at most 10 entries").optional(),
  software_id: text(255).optional(),
  software_version: text(255).optional(),
});

/** The same limit as for the name of any application. */
const variantRules = { ...descriptionSchema.shape, client_name: text(100) };

/** The client's texts in other languages. */
export function readDescriptionVariants(sent: object): ReadVariants {
  return readLanguageVariants(sent, variantRules);
}

/**
 * What is shown to someone who reads `locale`: each member in the closest language. `client_name` is included only if
 * the client has a name in a closer language than that of its registered one.
 */
export function localizeDescription(
  description: ClientDescription,
  locale: string,
): Pick<ClientDescription, "client_uri" | "logo_uri" | "tos_uri" | "policy_uri"> & { client_name?: string } {
  const members = ["client_name", "client_uri", "logo_uri", "tos_uri", "policy_uri"] as const;
  const plain: { [Name in (typeof members)[number]]?: string | undefined } = description;
  const chosen = members.map((member) => [member, findVariant(description, member, locale) ?? plain[member]] as const);
  return Object.fromEntries(chosen.filter(([, value]) => value !== undefined));
}

/**
 * The stored part of a client's description. Anything else in the column is not part of it, and neither is a member
 * that was stored under rules that have become stricter since.
 */
export function readClientDescription(stored: unknown): ClientDescription {
  const { variants } = readDescriptionVariants(Object(stored));
  const { data, error } = descriptionSchema.safeParse(stored);
  if (data) return { ...data, ...variants };
  const refused = new Set(error.issues.map(({ path }) => path[0]));
  const rest = Object.entries(Object(stored)).filter(([name]) => !refused.has(name));
  return { ...descriptionSchema.safeParse(Object.fromEntries(rest)).data, ...variants };
}

function isHttpsAddress(value: string): boolean {
  if (!/^https:\/\/[\x21-\x5b\x5d-\x7e]+$/.test(value) || !isUrl(value)) return false;
  const url = new URL(value);
  return url.username === "" && url.password === "" && findHostProblem(url) === null;
}
