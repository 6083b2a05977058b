import type { Page } from "@playwright/test";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { addGroup, restrict } from "../support/groups";
import { send } from "../support/http";
import { bearer, readUserinfo, verifyJwt } from "../support/openid";
import { expect, startSession, test } from "../support/playwright";
import type { TestApplication } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import { authorizationOf, exchangeOf, refreshOf, requestToken } from "../support/token-client";

/** Whole journeys over several screens, by administrators and the people whom they concern. */

const authorizePath = (application: TestApplication, scope: string) =>
  `/o/authorize/?${new URLSearchParams(authorizationOf(application, { scope }))}`;

/** The code with which the browser comes back to the application. */
async function readCode(page: Page): Promise<string> {
  await expect(page).toHaveURL(/[?&]code=/);
  const code = new URL(page.url()).searchParams.get("code") ?? "";
  noteSecret(code);
  return code;
}

test("from an invitation to a token with groups, and out again", async ({ page, portal, browser }) => {
  const group = await addGroup(portal);
  const application = await portal.createApplication({ groupsInTokens: true });
  await restrict(portal, application, [group]);
  const email = `new-${randomAlphanumeric(10).toLowerCase()}@example.test`;
  portal.atCleanUp(() => portal.database.invitation.deleteMany({ where: { email } }));

  await startSession(page, await portal.createUser({ portalRole: "user_manager" }));
  await page.goto("/admin/invitations/create/");
  await page.getByLabel("E-mail addresses").fill(email);
  await page.getByLabel(group.name).check();
  await page.getByRole("button", { name: "Create invitations" }).click();
  const link = await page.getByRole("textbox", { name: email }).inputValue();
  noteSecret(link.split("/").at(-1) ?? "");

  const invited = await (await browser.newContext()).newPage();
  const [username, password] = [`new-${randomAlphanumeric(8).toLowerCase()}`, randomAlphanumeric(20)];
  noteSecret(password);
  await invited.goto(link);
  await invited.getByLabel("Username").fill(username);
  await invited.getByLabel("Password", { exact: true }).fill(password);
  await invited.getByLabel("Password (again)").fill(password);
  await invited.getByRole("button", { name: "Create account" }).click();
  await expect(invited.getByRole("heading", { name: `Hello, ${username}` })).toBeVisible();
  await portal.adoptUser(username);

  await invited.goto(authorizePath(application, "openid groups offline_access"));
  await invited.getByRole("button", { name: "Authorize", exact: true }).click();
  const tokens = await requestToken(exchangeOf(application, await readCode(invited)));
  expect(tokens.status).toBe(200);
  const claims = await verifyJwt(String(tokens.body.id_token), application.clientId);
  expect(claims).toMatchObject({ groups: [group.name] });
  expect(await readUserinfo(tokens.accessToken)).toMatchObject({ groups: [group.name] });
  const refreshed = await requestToken(refreshOf(application, tokens.refreshToken));
  expect(refreshed.status).toBe(200);

  const outsider = await (await browser.newContext()).newPage();
  await startSession(outsider, await portal.createUser());
  await outsider.goto(authorizePath(application, "openid groups"));
  await expect(outsider.getByRole("heading", { name: `You don’t have access to ${application.name}` })).toBeVisible();
  await outsider.getByRole("button", { name: `Return to ${application.name}` }).click();
  await expect(outsider).toHaveURL(/error=access_denied/);

  await page.goto(`/admin/groups/${group.id}/members/`);
  await page.getByLabel(`Select ${username}`).check();
  await page.getByRole("button", { name: "Remove from group" }).click();
  await expect(page.getByText("The selected users were removed.")).toBeVisible();
  const refused = await requestToken(refreshOf(application, refreshed.refreshToken));
  expect([refused.status, refused.body.error]).toEqual([400, "invalid_grant"]);
  await Promise.all([invited.context().close(), outsider.context().close()]);
});

test("disabling someone who works ends session and tokens and tells the application; enabling brings nothing back", async ({
  page,
  portal,
  browser,
}) => {
  const user = await portal.createUser();
  const backchannelLogoutUri = "https://app.example.test/backchannel";
  const application = await portal.createApplication({ backchannelLogoutUri });
  const person = await (await browser.newContext()).newPage();
  await startSession(person, user);
  await person.goto(authorizePath(application, "openid offline_access"));
  await person.getByRole("button", { name: "Authorize", exact: true }).click();
  const tokens = await requestToken(exchangeOf(application, await readCode(person)));
  expect((await readUserinfo(tokens.accessToken)).sub).toEqual(expect.any(String));

  await startSession(page, await portal.createUser({ portalRole: "user_manager" }));
  await page.goto(`/admin/users/${user.id}/security/`);
  await page.getByLabel("Reason").fill("Left the company");
  await page.getByRole("button", { name: "Disable account" }).click();
  await expect(page.getByRole("status").getByText("Account disabled")).toBeVisible();

  // What is in the queue is delivered: e2e/http/oidcc-backchannel-rp-initiated-logout.test.ts.
  const queued = await portal.database.logoutDelivery.findMany({ where: { applicationId: application.id } });
  expect(queued.map(({ uri }) => uri)).toEqual([backchannelLogoutUri]);
  const expectRefused = async () => {
    await person.goto("/account/");
    await expect(person).toHaveURL(/\/login/);
    const refreshed = await requestToken(refreshOf(application, tokens.refreshToken));
    expect([refreshed.status, refreshed.body.error]).toEqual([400, "invalid_grant"]);
    expect((await send("GET", "/o/userinfo/", bearer(tokens.accessToken))).status).toBe(401);
  };
  await expectRefused();
  await page.getByRole("button", { name: "Enable account" }).click();
  await expect(page.getByText("Account enabled")).toBeVisible();
  await expectRefused();
  await person.context().close();
});
