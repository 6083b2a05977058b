import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Permission, type PortalRole, permissionsOfUser, portalRoles } from "@/lib/services/permissions";
import { BrowserClient } from "../support/browser-client";
import { Portal } from "../support/portal";
import { createObjects, listRoutes, type PortalObjects, toAddress } from "../support/portal-routes";
import { openSession } from "../support/sessions";

/** Every page and form of the portal against every portal role (docs/permissions.md). */

type Need = Permission | "register" | "nothing" | "administration" | "own";

/** By the beginning of the path in `app`: the longest that fits counts, so that a new page is covered at once. */
const needs: Record<string, Need> = {
  "/admin": "administration",
  "/admin/login": "nothing",
  "/admin/users": "users:read",
  "/admin/users/create": "users:write",
  "/admin/users/import": "users:write",
  "/admin/users/bulk": "users:write",
  "/admin/users/disable": "users:write",
  "/admin/users/[id]/delete": "users:write",
  "/admin/users/[id]/disable": "users:write",
  "/admin/users/[id]/role": "roles:write",
  "/admin/groups": "groups:read",
  "/admin/groups/create": "groups:write",
  // With `groups:read`, which everyone has who sees users.
  "/admin/groups/[id]/members": "users:read",
  "/admin/groups/[id]/members/add": "groups:write",
  "/admin/groups/[id]/delete": "groups:write",
  "/admin/invitations": "invitations:read",
  "/admin/invitations/create": "invitations:write",
  "/admin/invitations/resend": "invitations:write",
  "/admin/messages": "messages:read",
  "/admin/settings": "settings:read",
  "/admin/settings/attributes/create": "settings:write",
  "/admin/settings/attributes/[id]/delete": "settings:write",
  "/o/(portal)/apis": "apis:read",
  "/o/(portal)/apis/create": "apis:write",
  "/o/(portal)/apis/[id]/delete": "apis:write",
  "/o/(portal)/apis/[id]/languages": "apis:write",
  "/o/(portal)/apis/[id]/update": "apis:write",
  "/o/(portal)/applications": "nothing",
  "/o/(portal)/applications/[id]/people/submit": "users:write",
  "/o/(portal)/applications/register": "register",
  "/o/(portal)/applications/templates": "register",
  "/o/(portal)/applications/[id]": "applications:read",
  "/o/(portal)/applications/[id]/access": "applications:write",
  "/o/(portal)/applications/[id]/delete": "applications:write",
  "/o/(portal)/applications/[id]/disable": "applications:write",
  "/o/(portal)/applications/[id]/languages": "applications:write",
  "/o/(portal)/applications/[id]/quick-start/redirect-uri": "applications:write",
  "/o/(portal)/applications/[id]/secrets": "applications:write",
  "/o/(portal)/applications/[id]/test-sign-in": "applications:write",
  "/o/(portal)/applications/[id]/update": "applications:write",
  // Not found for anyone but the user who has started the test.
  "/o/(portal)/applications/test-sign-in": "own",
  "/o/(portal)/authorized_tokens": "nothing",
  "/o/(portal)/authorized_tokens/[id]": "own",
  "/o/(portal)/registration-tokens": "initial_access_tokens:read",
  "/o/(portal)/registration-tokens/bulk": "initial_access_tokens:write",
  "/o/(portal)/registration-tokens/revoke": "initial_access_tokens:write",
  "/o/(portal)/registration-tokens/[id]/revoke": "initial_access_tokens:write",
  "/o/(portal)/scopes": "scopes:read",
  "/o/(portal)/scopes/create": "scopes:write",
  "/o/(portal)/scopes/delete": "scopes:write",
  "/o/(portal)/scopes/languages": "scopes:write",
  "/o/(portal)/scopes/update": "scopes:write",
  "/o/(portal)/signing-keys": "signing_keys:read",
};

function findNeed(route: string): Need | undefined {
  const fits = Object.keys(needs).filter((start) => route === start || route.startsWith(`${start}/`));
  const longest = fits.toSorted((one, other) => other.length - one.length)[0];
  return longest === undefined ? undefined : needs[longest];
}

const pages = listRoutes("page.tsx");
/** What a browser posts to; server actions are verbs without a route, and `lib/services` tests these. */
const forms = listRoutes("route.ts").filter((route) => /\/(submit|stored)$/.test(route));
const roles: (PortalRole | null)[] = [null, ...portalRoles];

const portal = new Portal();
const browsers = new Map<PortalRole | null, BrowserClient>();
let objects: PortalObjects;
let scope = "";

beforeAll(async () => {
  for (const portalRole of roles) {
    browsers.set(portalRole, await openSession(await portal.createUser({ portalRole })));
  }
  objects = await createObjects(portal, await portal.createUser());
  scope = new URLSearchParams(objects.queries["/o/(portal)/scopes/update"]).get("name") ?? "";
});

afterAll(() => portal.cleanUp());

function may(role: PortalRole | null, need: Need): boolean {
  const permissions = permissionsOfUser({ portalRole: role });
  switch (need) {
    case "nothing":
      return true;
    case "register":
      return role !== "auditor";
    case "administration":
      return role !== null && role !== "application_owner";
    case "own":
      return false;
    default:
      return permissions.has(need);
  }
}

const browserOf = (role: PortalRole | null) => browsers.get(role) ?? new BrowserClient();

test("every page and form is covered", () => {
  expect(pages.length).toBeGreaterThan(20);
  expect([...pages, ...forms].filter((route) => findNeed(route) === undefined)).toEqual([]);
});

describe.each(pages)("%s", (route) => {
  test("is seen by those who may, and isn't found by others", async () => {
    const [need, path] = [findNeed(route) ?? "own", toAddress(route, objects)];
    const seen = await Promise.all(roles.map(async (role) => [role, (await browserOf(role).get(path)).status]));
    expect(seen, path).toEqual(roles.map((role) => [role, may(role, need) ? 200 : 404]));
  });

  test("leads everyone else to the sign-in", async () => {
    const path = toAddress(route, objects);
    const { status, headers } = await new BrowserClient().get(path);
    expect([status, headers.location]).toEqual([307, `/login?next=${encodeURIComponent(path)}`]);
  });
});

/** Without the permission to change it, whoever may see the page may not send its form. */
const toWrite = (need: Need) => need.replace(/:read$/, ":write") as Need;

test.each(forms.filter((route) => !route.endsWith("/stored")))("%s takes nothing from others", async (route) => {
  const [need, path] = [toWrite(findNeed(route) ?? "own"), toAddress(route, objects).replace(/\/(?=$|\?)/, "")];
  const refused = roles.filter((role) => !may(role, need));
  for (const role of refused) {
    const browser = browserOf(role);
    const { fields } = await browser.openForm("/account/", "/logout/submit");
    const { status, headers } = await browser.post(path, { csrf: fields.csrf ?? "", name: scope });
    // A form that is incomplete may be refused for that first, and leads back to its page.
    const isBack = status === 303 && (headers.location ?? "").startsWith(path.replace(/\/submit(?=$|\?).*/, ""));
    expect([role, isBack || status], path).toEqual([role, expect.toBeOneOf([true, 400, 403, 404])]);
  }
  const nobody = new BrowserClient();
  const { fields } = await nobody.openForm("/login", "/login/submit");
  const { status, headers } = await nobody.post(path, { csrf: fields.csrf ?? "", name: scope });
  expect(headers.location ?? status, path).toEqual(expect.toBeOneOf([expect.stringMatching(/^\/login/), 400, 404]));
});
