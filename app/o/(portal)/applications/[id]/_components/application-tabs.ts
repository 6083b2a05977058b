import { formPlaces } from "@/lib/http/forms/form-places";
import type { FormPlace } from "@/lib/http/forms/kept-form";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";
import { actsForUsers } from "../../_components/grant-types";
import type { SettingSection } from "../../_components/sections/setting-sections";

/** The tabs of an application and where each is below its page, in their order. */
export const tabPaths = {
  overview: "",
  quickStart: "quick-start/",
  credentials: "credentials/",
  signIn: "sign-in/",
  permissions: "permissions/",
  people: "people/",
  settings: "settings/",
} as const;

export type ApplicationTab = keyof typeof tabPaths;

/** Where each section of the settings is edited. */
export const tabOfSection: Record<SettingSection, ApplicationTab> = {
  general: "settings",
  profile: "settings",
  requests: "settings",
  grants: "permissions",
  permissions: "permissions",
  origins: "permissions",
  authentication: "credentials",
  redirectUris: "signIn",
  signIn: "signIn",
  signOut: "signIn",
};

const tabNames = Object.keys(tabPaths) as ApplicationTab[];

/** What only applications that act for users have. */
const ofUsers: readonly ApplicationTab[] = ["signIn", "people"];

export function tabsOf({ grantTypes }: Pick<ApplicationDetails, "grantTypes">): ApplicationTab[] {
  return actsForUsers(grantTypes) ? tabNames : tabNames.filter((tab) => !ofUsers.includes(tab));
}

/** The tab of this name, as a form sends it; the overview if there is none. */
export function tabPathOf(name: string | null | undefined): string {
  return tabPaths[tabNames.find((tab) => tab === name) ?? "overview"];
}

/** The form of a section of the settings of the application `id`; of an unknown one, on the overview. */
export function sectionPlace(id: string, section: string): FormPlace {
  const tab = Object.hasOwn(tabOfSection, section) ? tabOfSection[section as SettingSection] : "overview";
  return formPlaces.applicationSection(id, tabPaths[tab], section);
}
