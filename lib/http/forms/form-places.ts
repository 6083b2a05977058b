import { apiPath, applicationPath, groupPath, invitationsPath, scopePath } from "../paths";
import type { FormPlace } from "./kept-form";

/** The forms of `runFormAction`, for their pages and their actions. */
export const formPlaces = {
  profile: at("/account/profile/", "profile"),
  newApplication: at("/o/applications/register/", "application"),
  application: (id: string) => at(applicationPath(id, "update/"), "application"),
  /** One section of the settings of an application, on the tab at `path`. */
  applicationSection: (id: string, tab: string, section: string) => at(applicationPath(id, tab), section),
  newApi: at("/o/apis/create/", "API"),
  api: (id: string) => at(`${apiPath(id)}update/`, "API"),
  newScope: at("/o/scopes/create/", "scope"),
  scope: (name: string) => at(scopePath("update", name), `scope ${name}`),
  invitations: at(`${invitationsPath}create/`, "invitations"),
  members: (groupId: string) => at(`${groupPath(groupId)}members/add/`, "members"),
} as const;

function at(path: string, form: string): FormPlace {
  return { page: path.replace(/\/(\?.*)?$/, ""), form };
}
