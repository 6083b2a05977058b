import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { requireNewPassword } from "@/lib/services/users/manage/require-new-password";
import { requestOf } from "../auth/authorization-requests";
import { addAttribute } from "../support/attributes";
import { createTv, forgetGuesses, startDevice } from "../support/device-client";
import { addGroup, restrict } from "../support/groups";
import { createResetLink, invite } from "../support/one-time-links";
import { startSession } from "../support/playwright";
import type { Portal, TestApplication, TestUser } from "../support/portal";
import { createObjects, listRoutes, type PortalObjects, toAddress } from "../support/portal-routes";
import type { OwnPage, SignedOutPage } from "./pages";

/** What the screens of a test show, all of it its own. */
export interface Shown {
  portal: Portal;
  user: TestUser;
  application: TestApplication;
  objects: PortalObjects;
}

/** Screens by their names; those of pages are named like these (`pages.ts`). */
export type Screens = Readonly<Record<string, Screen>>;

/** A screen by its address, or by the way there. */
type Screen = string | ((shown: Shown, page: Page) => string | Promise<string>);

/** Before anyone has signed in. */
export const signedOutScreens: Record<SignedOutPage, Screen> & Record<string, Screen> = {
  home: "/",
  "/login": "/login",
  "sign-in for an application": ({ application }) => requestOf(application),
  "a request that has ended": `/login?authorization_request=${"x".repeat(43)}`,
  // What one that works shows takes a server without an administrator: e2e/auth/setup-link.spec.ts.
  "/setup/[token]": "/setup/nothing",
  "/invitation/[token]": async ({ portal }) => (await invite(portal)).path,
  "an invitation that doesn't work": "/invitation/nothing",
  "/reset-password/[token]": async ({ portal }) => createResetLink(portal, await portal.createUser()),
  "a password reset link that doesn't work": "/reset-password/nothing",
  "/reset-password/done": "/reset-password/done",
  "a page that doesn't exist": "/nowhere",
  "a request that can't be answered": "/o/authorize",
  "signed out": "/o/logged-out",
  "/login/new-password": async ({ portal }, page) => {
    const user = await portal.createUser();
    await requireNewPassword(portal.context, { id: user.id });
    await page.goto("/login");
    await page.locator("input[name=identifier]").fill(user.username);
    await page.locator("input[name=password]").fill(user.password);
    await page.locator("input[name=password]").press("Enter");
    await page.waitForURL(/\/login\/new-password/);
    return page.url();
  },
};

/** Of someone who is signed in. */
export const ownScreens: Record<OwnPage, Screen> & Record<string, Screen> = {
  "/": "/",
  "/consent": ({ application }) =>
    requestOf(application, { scope: "openid profile email address phone offline_access" }),
  "/o/device": "/o/device",
  "/o/device/confirm": async ({ portal, user, application }, page) => {
    const tv = await createTv(portal, { owner: user, name: application.name });
    const { userCode } = await startDevice(tv, { scope: "openid" });
    await forgetGuesses(portal, user);
    await page.goto("/o/device");
    await page.locator("input[name=user_code]").fill(userCode);
    await page.locator("input[name=user_code]").press("Enter");
    await page.waitForURL(/\/o\/device\/confirm/);
    return page.url();
  },
  // After the one above, whose question it answers.
  "/o/device/done": async (_shown, page) => {
    await page.locator("button[name=decision][value=allow]").click();
    await page.waitForURL(/\/o\/device\/done/);
    return page.url();
  },
  "/no-access": async ({ portal }, page) => {
    const application = await portal.createApplication();
    await restrict(portal, application, [await addGroup(portal)]);
    await page.goto(requestOf(application));
    return page.url();
  },
  "/account": "/account/",
  "/account/attributes": async ({ portal }) => {
    await addAttribute(portal, { name: `Attribute ${randomUUID().slice(0, 8)}`, userAccess: "write" });
    return "/account/attributes/";
  },
  "/account/profile": "/account/profile/",
  "/account/email": "/account/email/",
  "/login/confirm": async ({ portal, user }) => {
    const yesterday = new Date(Date.now() - 86_400_000);
    const data = { authenticatedAt: yesterday, passwordConfirmedAt: null };
    await portal.database.session.updateMany({ where: { userId: user.id }, data });
    return "/login/confirm?next=/account/";
  },
  "authorized applications": "/o/authorized_tokens/",
};

/**
 * Of an administrator: every page of the portal below this address, as the tree of routes has them. The result of a
 * test sign-in is shown once, to who ran it, and its own test looks at it.
 */
export function portalScreens(below: string): Screens {
  const routes = listRoutes("page.tsx").filter((route) => route.startsWith(below) && !route.includes("[test]"));
  return Object.fromEntries(
    routes.map((route): [string, Screen] => [route, ({ objects }) => toAddress(route, objects)]),
  );
}

export async function openScreen(page: Page, screen: Screen, shown: Shown): Promise<void> {
  await page.goto(typeof screen === "string" ? screen : await screen(shown, page));
}

/** Names that are no words of any language, so that a test can tell them from texts. */
export async function arrange(page: Page, portal: Portal, options: { administrator: boolean }): Promise<Shown> {
  const user = await portal.createUser(options);
  const application = await portal.createApplication({ owner: user });
  const objects = await createObjects(portal, user);
  await startSession(page, user);
  return { portal, user, application, objects };
}
