import type { Page } from "@playwright/test";
import { createInitialAccessToken } from "@/lib/services/registrations/create-initial-access-token";
import { openConsent, requestOf } from "../auth/authorization-requests";
import { createTv, forgetGuesses, startDevice } from "../support/device-client";
import { expect, signIn, test } from "../support/playwright";
import type { Portal, TestUser } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";

/** WCAG 2.2 §1.4.10 Reflow: names of one word, as long as their fields allow, never widen a page. */

const word = (length: number) => "W".repeat(length);
const width = 390;

async function expectNarrow(page: Page, path: string): Promise<void> {
  await page.waitForLoadState("load");
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, path).toBeLessThanOrEqual(0);
}

/** An administrator with one of everything, all names as long as possible. */
async function createLongNames(portal: Portal) {
  const administrator = await portal.createUser({ administrator: true, nameLength: 150 });
  await portal.database.user.update({
    where: { id: administrator.id },
    data: { name: word(200), nickname: word(100), streetAddress: word(500), locality: word(100) },
    select: { id: true },
  });
  const scope = await portal.createScope({ name: `${word(80)}-${Date.now()}`, description: word(200) });
  const application = await portal.createApplication({
    owner: administrator,
    name: word(100),
    clientId: `${word(200)}${Date.now()}`,
    redirectUris: [`https://${word(60).toLowerCase()}.example.test/${word(1500)}`],
    postLogoutRedirectUris: [`https://app.example.test/${word(1500)}`],
    allowedOrigins: [`https://${word(60)}.${word(60)}.example.test`.toLowerCase()],
    allowedScopes: [scope, "read"],
  });
  await portal.database.clientSecret.updateMany({
    where: { applicationId: application.id },
    data: { label: word(60) },
  });
  const secret = await portal.database.clientSecret.findFirstOrThrow({ where: { applicationId: application.id } });
  const api = await portal.createApi({
    name: word(100),
    identifier: `https://api.example.test/${word(400)}${Date.now()}`,
    scopes: [scope],
    resourceServers: [application],
  });
  const { id: tokenId, token } = await createInitialAccessToken(portal.context, {
    label: word(60),
    maximumUses: 1,
    expiresInDays: 1,
  });
  noteSecret(token);
  return { administrator, scope, application, secret, api, tokenId };
}

type LongNames = Awaited<ReturnType<typeof createLongNames>>;

function listPages({ scope, application, secret, api, tokenId }: LongNames): string[] {
  const applicationPath = `/o/applications/${application.id}/`;
  const scopeQuery = new URLSearchParams({ name: scope });
  return [
    "/",
    "/account/",
    "/account/profile/",
    "/account/email/",
    "/o/applications/",
    "/o/applications/register/",
    ...["", "quick-start/", "credentials/", "sign-in/", "permissions/", "people/", "settings/"].map(
      (page) => applicationPath + page,
    ),
    ...["update/", "disable/", "delete/"].map((page) => applicationPath + page),
    ...["roll/", "revoke/"].map((page) => `${applicationPath}secrets/${secret.id}/${page}`),
    "/o/apis/",
    "/o/apis/create/",
    ...["", "update/", "delete/"].map((page) => `/o/apis/${api.id}/${page}`),
    "/o/scopes/",
    "/o/scopes/create/",
    ...["update", "delete"].map((page) => `/o/scopes/${page}/?${scopeQuery}`),
    "/o/signing-keys/",
    "/o/registration-tokens/",
    `/o/registration-tokens/${tokenId}/revoke/`,
    "/o/authorized_tokens/",
    "/o/device",
    `/nowhere/${word(255)}`,
    `/o/applications/${word(255)}/`,
    `/o/authorize?client_id=${word(255)}`,
    `/o/authorize?client_id=${application.clientId}&redirect_uri=https://evil.example/${word(255)}`,
    `/o/logout?client_id=${word(255)}`,
    `/o/logout?client_id=${application.clientId}`,
  ];
}

async function openLongConsent(page: Page, user: TestUser, { application, scope }: LongNames): Promise<void> {
  await openConsent(page, user, requestOf(application, { scope: `${scope} read`, state: word(255) }));
}

test.use({ viewport: { width, height: 844 } });

test("every page of the portal, at phone width", async ({ page, portal }) => {
  test.slow();
  const names = await createLongNames(portal);
  await openLongConsent(page, names.administrator, names);
  await expectNarrow(page, "/consent");
  const applicationId = names.application.id;
  const at = new Date();
  const consent = {
    userId: names.administrator.id,
    applicationId,
    scopes: [names.scope],
    createdAt: at,
    updatedAt: at,
  };
  await portal.database.consent.create({ data: consent });
  for (const path of listPages(names)) {
    await page.goto(path);
    await expectNarrow(page, path);
  }
  await page.goto(`/o/authorized_tokens/${applicationId}/delete/`);
  await expectNarrow(page, "/o/authorized_tokens/delete");
  await portal.database.initialAccessToken.deleteMany({ where: { id: names.tokenId } });
});

test("signing in and connecting a device", async ({ page, portal }) => {
  const names = await createLongNames(portal);
  await page.goto(requestOf(names.application, { scope: names.scope }));
  await expect(page).toHaveURL(/\/login\?/);
  await expectNarrow(page, "/login");
  const tv = await createTv(portal, { owner: names.administrator, name: word(100), allowedScopes: [names.scope] });
  const { userCode } = await startDevice(tv, { scope: names.scope });
  await signIn(page, names.administrator);
  await forgetGuesses(portal, names.administrator);
  await page.goto("/o/device");
  await page.getByLabel("Code").fill(userCode);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("button", { name: "Authorize" })).toBeVisible();
  await expectNarrow(page, "/o/device/confirm");
  await page.getByRole("button", { name: "Authorize" }).click();
  await expect(page.getByText("You can go back to your device.")).toBeVisible();
  await expectNarrow(page, "/o/device/done");
  await portal.database.initialAccessToken.deleteMany({ where: { id: names.tokenId } });
});
