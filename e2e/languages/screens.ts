import type { Page } from "@playwright/test";
import { requestOf } from "../auth/authorization-requests";
import { createResetLink, invite } from "../support/one-time-links";
import { startSession } from "../support/playwright";
import type { Portal, TestApplication, TestUser } from "../support/portal";

/** What the screens of a test show, all of it its own. */
export interface Shown {
  portal: Portal;
  user: TestUser;
  application: TestApplication;
  scope: string;
  apiId: string;
}

/** A screen by its address, or by the way there. */
type Screen = string | ((shown: Shown, page: Page) => string | Promise<string>);

/** Before anyone has signed in. */
export const signedOutScreens: Record<string, Screen> = {
  home: "/",
  "sign-in": "/login",
  "sign-in for an application": ({ application }) => requestOf(application),
  "a request that has ended": `/login?authorization_request=${"x".repeat(43)}`,
  "a set-up link that doesn't work": "/setup/nothing",
  "an invitation": async ({ portal }) => (await invite(portal)).path,
  "an invitation that doesn't work": "/invitation/nothing",
  "a password reset link": async ({ portal }) => createResetLink(portal, await portal.createUser()),
  "a password reset link that doesn't work": "/reset-password/nothing",
  "a password that was reset": "/reset-password/done",
  "a page that doesn't exist": "/nowhere",
  "a request that can't be answered": "/o/authorize",
  "signed out": "/o/logged-out",
};

/** Of someone who is signed in. */
export const ownScreens: Record<string, Screen> = {
  home: "/",
  consent: ({ application }) => requestOf(application, { scope: "openid profile email address phone offline_access" }),
  device: "/o/device",
  account: "/account/",
  profile: "/account/profile/",
  "e-mail address": "/account/email/",
  "authorized applications": "/o/authorized_tokens/",
};

/** Of an administrator. */
export const administrationScreens: Record<string, Screen> = {
  overview: "/admin/",
  search: ({ user }) => `/admin/search/?${new URLSearchParams({ q: user.username.slice(0, -1) })}`,
  invitations: async ({ portal }) => {
    await invite(portal);
    return "/admin/invitations/";
  },
  "new invitations": "/admin/invitations/create/",
  applications: "/o/applications/",
  "a new application": "/o/applications/register/",
  "a new application with all settings": "/o/applications/register/all-settings/",
  templates: "/o/applications/templates/",
  "a template": "/o/applications/templates/grafana/",
  "an application": ({ application }) => `/o/applications/${application.id}/`,
  ...Object.fromEntries(
    ["quick-start", "credentials", "sign-in", "permissions", "people", "settings"].map((tab): [string, Screen] => [
      `an application, ${tab}`,
      ({ application }) => `/o/applications/${application.id}/${tab}/`,
    ]),
  ),
  "editing an application": ({ application }) => `/o/applications/${application.id}/update/`,
  "languages of an application": ({ application }) => `/o/applications/${application.id}/languages/`,
  "disabling an application": ({ application }) => `/o/applications/${application.id}/disable/`,
  "deleting an application": ({ application }) => `/o/applications/${application.id}/delete/`,
  scopes: "/o/scopes/",
  "a new scope": "/o/scopes/create/",
  "editing a scope": ({ scope }) => `/o/scopes/update/?${new URLSearchParams({ name: scope })}`,
  "deleting a scope": ({ scope }) => `/o/scopes/delete/?${new URLSearchParams({ name: scope })}`,
  APIs: "/o/apis/",
  "a new API": "/o/apis/create/",
  "an API": ({ apiId }) => `/o/apis/${apiId}/`,
  "editing an API": ({ apiId }) => `/o/apis/${apiId}/update/`,
  "deleting an API": ({ apiId }) => `/o/apis/${apiId}/delete/`,
  "initial access tokens": "/o/registration-tokens/",
  "signing keys": "/o/signing-keys/",
};

export async function openScreen(page: Page, screen: Screen, shown: Shown): Promise<void> {
  await page.goto(typeof screen === "string" ? screen : await screen(shown, page));
}

/** Names that are no words of any language, so that a test can tell them from texts. */
export async function arrange(page: Page, portal: Portal, options: { administrator: boolean }): Promise<Shown> {
  const user = await portal.createUser(options);
  const application = await portal.createApplication({ owner: user });
  const scope = await portal.createScope();
  const { id: apiId } = await portal.createApi({ scopes: [scope] });
  await startSession(page, user);
  return { portal, user, application, scope, apiId };
}
