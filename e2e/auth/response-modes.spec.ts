import type { Page } from "@playwright/test";
import { issuer } from "../support/environment";
import { expect, test } from "../support/playwright";
import { noteSecret } from "../support/secrets-seen";
import { openConsent, requestOf } from "./authorization-requests";

const redirectUri = "https://app.example.test/callback";

interface Received {
  method: string;
  body: URLSearchParams;
}

/** Plays the application: everything it is sent is added to the list. */
async function receive(page: Page): Promise<readonly Received[]> {
  const received: Received[] = [];
  await page.route(`${redirectUri}**`, (route) => {
    const body = new URLSearchParams(route.request().postData() ?? "");
    noteSecret(body.get("code") ?? "");
    received.push({ method: route.request().method(), body });
    return route.fulfill({ contentType: "text/html", body: "<h1>Back at the application</h1>" });
  });
  return received;
}

test("form_post: from consent straight to the application, without another click or an error", async ({
  page,
  portal,
}) => {
  const [user, application] = [
    await portal.createUser(),
    await portal.createApplication({ redirectUris: [redirectUri] }),
  ];
  const refused: string[] = [];
  page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
  const received = await receive(page);
  await openConsent(page, user, requestOf(application, { response_mode: "form_post", state: "ünï ✓" }));
  await page.getByRole("button", { name: "Authorize" }).click();
  await expect(page.getByRole("heading", { name: "Back at the application" })).toBeVisible();
  await expect(page).toHaveURL(redirectUri);
  expect(received.map(({ method }) => method)).toEqual(["POST"]);
  const fields = Object.fromEntries(received[0]?.body ?? []);
  expect(fields).toEqual({ code: expect.any(String), state: "ünï ✓", iss: issuer });
  expect(refused).toEqual([]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("form_post: a button leads to the application", async ({ page, portal }) => {
    const [user, application] = [
      await portal.createUser(),
      await portal.createApplication({ redirectUris: [redirectUri] }),
    ];
    const received = await receive(page);
    await openConsent(page, user, requestOf(application, { response_mode: "form_post" }));
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByText("Returning to app.example.test.")).toBeVisible();
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByRole("heading", { name: "Back at the application" })).toBeVisible();
    expect(received.map(({ body }) => body.get("error"))).toEqual(["access_denied"]);
  });
});

test("fragment: the answer is in the fragment, which no server sees", async ({ page, portal }) => {
  // By default an existing address: a redirect can't be intercepted, and an unknown host is an error.
  const [user, application] = [await portal.createUser(), await portal.createApplication()];
  await openConsent(page, user, requestOf(application, { response_mode: "fragment", state: "s" }));
  await page.getByRole("button", { name: "Authorize" }).click();
  await page.waitForURL((url) => url.href.startsWith(`${application.redirectUri}#`));
  const parameters = new URLSearchParams(new URL(page.url()).hash.slice(1));
  noteSecret(parameters.get("code") ?? "");
  expect([...parameters.keys()]).toEqual(["code", "state", "iss"]);
});
