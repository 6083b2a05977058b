import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { applySecurityProfile } from "@/lib/oauth/client/fapi";
import type { RedirectUriPolicy } from "@/lib/oauth/client/redirect-uri";
import {
  type ClientSettings,
  type clientSettings,
  defaultSettings,
  type SettingName,
  type SettingsWith,
  settingNames,
  settingOf,
} from "@/lib/oauth/ports/client-settings";
import type { ValueOf } from "@/lib/oauth/ports/setting-kinds";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { normalized, type Refuse, readBy } from "../../normalized";
import { type Kind, kinds, type SentValues } from "./kinds";
import { findSettingProblems } from "./setting-rules";
import { settingTexts } from "./setting-texts";

type Table = typeof clientSettings;
type Kept = SettingsWith<{ required: "or_kept" }>;
type Required = SettingsWith<{ required: true }>;

type Sent<Row extends Table[SettingName]> = Row extends { kind: "keys" } ? SentValues["keys"] : ValueOf<Row>;

/** The settings as sent: those that aren't required may be omitted. */
export type ApplicationInput = { readonly [Name in Required]: Sent<Table[Name]> } & {
  readonly [Name in Exclude<SettingName, Required>]?: Sent<Table[Name]> | undefined;
};

/** The settings of an application, complete and validated; absent ones stay unchanged. */
export type ApplicationFields = Omit<ClientSettings, Kept> & { [Name in Kept]?: ClientSettings[Name] | undefined };

/** What is sent, by its shape alone, beside what a verb is sent with it. */
export function applicationInput<Rest extends z.ZodRawShape>(rest: Rest) {
  const input = z.object({ ...shape((_name, sent) => sent), ...rest });
  return input as unknown as z.ZodType<ApplicationFields, ApplicationInput & z.input<z.ZodObject<Rest>>>;
}

/** The setting on which another setting's rule depends: while it is invalid, the rule can't be checked. */
const basis: Partial<Record<SettingName, SettingName>> = {
  requireSignedRequestObject: "jwks",
  frontchannelLogoutUri: "redirectUris",
  sectorIdentifierUri: "redirectUris",
};

/**
 * The same with all rules and in canonical spelling, for the form in the browser, the form on the server and the
 * command line. Which schemes an app may have depends on the caller, so the server accepts any here, and `permitFields`
 * decides.
 */
export function applicationSchema(policy: RedirectUriPolicy): z.ZodType<ApplicationFields, ApplicationInput> {
  const checked = shape((name, sent) => {
    const setting = settingOf(name);
    const { read } = kinds[setting.kind] as Kind<unknown, unknown>;
    if (!read) return sent;
    return readBy(sent, (value, refuse) => (value === undefined ? value : read(value, { setting, policy, refuse })));
  });
  return (
    z
      .object(checked)
      .check(({ value, issues }) => {
        const wrong = new Set(issues.map(({ path }) => path?.[0]));
        for (const [name, message] of findSettingProblems(applySecurityProfile(value as unknown as ClientSettings))) {
          if (!wrong.has(name) && !wrong.has(basis[name]))
            issues.push({ code: "custom", path: [name], message, input: value });
        }
      })
      // Last, because nothing after a transformation is checked once a setting is invalid.
      .transform((value) => applySecurityProfile(value as unknown as ClientSettings)) as unknown as z.ZodType<
      ApplicationFields,
      ApplicationInput
    >
  );
}

/** Each setting by its kind, optional unless it is required. */
function shape(build: (name: SettingName, sent: z.ZodType) => z.ZodType): Record<SettingName, z.ZodType> {
  const members = settingNames.map((name) => {
    const setting = settingOf(name);
    const sent: z.ZodType = kinds[setting.kind].sent(
      setting,
      settingTexts[name].invalid ?? problem("consoleFieldProblems.application.unknownValue"),
    );
    if (setting.required === "or_kept") return [name, build(name, sent.optional())];
    return [name, build(name, setting.required ? sent : sent.default(defaultSettings[name]))];
  });
  return Object.fromEntries(members) as Record<SettingName, z.ZodType>;
}

/**
 * RFC 6749 Appendix A.1, without the space and the colon at which HTTP Basic splits. Pairwise subjects are UUIDs, and
 * so are public ones unless they were imported, so no client ID may be one: its own tokens have the ID as their `sub`
 * (RFC 9700 §4.15).
 */
const clientId = z
  .string()
  .regex(/^[\x21-\x39\x3b-\x7e]{1,255}$/, problem("consoleFieldProblems.application.clientIdCharacters"));

export const clientIdSchema = readBy(clientId, refuseUuid);

function refuseUuid<Value extends string | undefined>(value: Value, refuse: Refuse): Value {
  if (value && isUuid(value)) refuse(problem("consoleFieldProblems.application.clientIdUuid"));
  return value;
}

/**
 * A secret is stored as SHA-256, which protects only what can't be guessed: a random one needs at least 32 characters
 * (docs/adr/0004).
 */
export const clientSecretSchema = z
  .string()
  .regex(/^[\x21-\x7e]*$/, problem("consoleFieldProblems.application.secretCharacters"))
  .min(32, problem("consoleFieldProblems.application.secretShort", { minimum: 32 }))
  .max(255, problem("consoleFieldProblems.application.secretLong", { maximum: 255 }));

/** What a new application may set; the rest is generated here. */
export const credentialsInput = z.object({
  clientId: clientId.optional(),
  clientSecret: clientSecretSchema.optional(),
  /** Username, e-mail address or id of the owner; the actor if absent. For administrators. */
  owner: z.string().optional(),
});

export const credentialsSchema = normalized(credentialsInput, { clientId: refuseUuid<string | undefined> });
