import { z } from "zod";
import { clientSettings, type SettingsWith, settingNames, settingOf } from "../ports/client-settings";
import type { SettingKind } from "../ports/setting-kinds";

/** Settings that look different on the wire; client-metadata.ts reads and writes them. */
const apart = [
  "name",
  "clientType",
  "kind",
  "grantTypes",
  "redirectUris",
  "allowedScopes",
  "tokenEndpointAuthMethod",
] as const satisfies SettingsWith<{ wire: string }>[];

type Member = Exclude<SettingsWith<{ wire: string }>, (typeof apart)[number]>;

const text = z.string("must be a string").min(1, "must not be empty").optional();
const texts = z.array(z.string("must be a list of strings"), "must be a list of strings").optional();

/** The JSON type of each kind. The rules and the defaults are those of every application. */
const jsonTypes = {
  name: text,
  choice: text,
  address: text,
  api: text,
  flag: z.boolean("must be true or false").optional(),
  seconds: z.number("must be a number").optional(),
  choices: texts,
  scopes: texts,
  redirect_uris: texts,
  request_uris: texts,
  origins: texts,
  contexts: texts,
  keys: z.unknown().optional(),
} as const satisfies Record<SettingKind, z.ZodType>;

type JsonOf<Name extends Member> = z.output<(typeof jsonTypes)[(typeof clientSettings)[Name]["kind"]]>;

/** The members that a client sent, by our names. */
export type ClientMembers = { [Name in Member]?: JsonOf<Name> };

/** The same of a registered client: null if it has none. */
export type RegisteredMembers = { readonly [Name in Member]: Readonly<Exclude<JsonOf<Name>, undefined>> | null };

const members = settingNames.filter(
  (name): name is Member => settingOf(name).wire !== undefined && !apart.some((other) => other === name),
);

/** By their names on the wire (RFC 7591 §2). */
export const memberShape: Record<string, z.ZodType> = Object.fromEntries(
  members.map((name) => [clientSettings[name].wire, jsonTypes[clientSettings[name].kind]]),
);

export function readMembers(sent: Readonly<Record<string, unknown>>): ClientMembers {
  const named = members.map((name) => [name, sent[clientSettings[name].wire]] as const);
  return Object.fromEntries(named.filter(([, value]) => value !== undefined));
}

/** As on the wire: without those that are null or an empty list. */
export function writeMembers(settings: RegisteredMembers): Record<string, unknown> {
  const named = members.map((name) => [clientSettings[name].wire, settings[name]] as const);
  return Object.fromEntries(
    named.filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}
