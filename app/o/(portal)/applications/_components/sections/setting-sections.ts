import { type SettingName, settingNames } from "@/lib/oauth/ports/client-settings";
import type { ApplicationInput } from "@/lib/services/applications/settings/application-schema";
import {
  isLabelled,
  type LabelledSetting,
  type SettingGroup,
  textsOf,
} from "@/lib/services/applications/settings/setting-texts";
import { followKind } from "../application-kinds";
import {
  type ApplicationFieldName,
  type ApplicationValues,
  readFields,
  toFieldName,
  toSettingName,
} from "../form/application-fields";

/** The parts of an application's settings that are saved one by one. */
export const settingSections = [
  "general",
  "profile",
  "grants",
  "authentication",
  "permissions",
  "origins",
  "requests",
  "redirectUris",
  "signIn",
  "signOut",
] as const;

export type SettingSection = (typeof settingSections)[number];

const sectionOfGroup: Record<SettingGroup, SettingSection> = {
  application: "signIn",
  authentication: "authentication",
  permissions: "permissions",
  requests: "requests",
  signatures: "requests",
  sign_in: "signIn",
  sign_out: "signOut",
};

/** Of settings without a group, which the form lays out by hand. */
const sectionOfOthers: Record<Exclude<SettingName, LabelledSetting> | "allowedOrigins", SettingSection> = {
  kind: "general",
  name: "general",
  redirectUris: "redirectUris",
  securityProfile: "profile",
  clientType: "grants",
  grantTypes: "grants",
  tokenEndpointAuthMethod: "authentication",
  allowedScopes: "permissions",
  allowedOrigins: "origins",
  subjectType: "signIn",
};

function sectionOf(name: SettingName): SettingSection | undefined {
  const { group } = textsOf(name);
  return isLabelled(name) && group ? sectionOfGroup[group] : sectionOfOthers[name as keyof typeof sectionOfOthers];
}

/** The fields of a section, by their names in the HTML. */
export function fieldsOfSection(section: SettingSection): ApplicationFieldName[] {
  return settingNames.filter((name) => sectionOf(name) === section).map(toFieldName);
}

export function findSection(name: unknown): SettingSection | null {
  return settingSections.find((section) => section === name) ?? null;
}

/** The stored values with those of the section as they were sent; what follows from another kind follows. */
export function withSection(
  stored: ApplicationValues,
  section: SettingSection,
  getAll: (name: ApplicationFieldName) => string[],
): ApplicationValues {
  const sent = readFields(getAll);
  const changed = fieldsOfSection(section).map((name) => [name, sent[name]]);
  return followKind({ ...stored, ...Object.fromEntries(changed) });
}

/**
 * What a section's form changes: its own settings, and those that follow from them, such as what a grant type that is
 * no longer allowed makes meaningless.
 */
export function listChangedSettings(
  section: SettingSection,
  before: ApplicationInput,
  after: ApplicationInput,
): SettingName[] {
  const own = fieldsOfSection(section).map(toSettingName);
  return settingNames.filter((name) => own.includes(name) || !isSame(before[name], after[name]));
}

/** Both are read from a form, so what is the same is written the same way. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
