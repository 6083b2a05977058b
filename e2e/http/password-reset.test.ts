import { expect } from "vitest";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { BrowserClient } from "../support/browser-client";
import { baseUrl, secondBaseUrl } from "../support/environment";
import type { HtmlForm } from "../support/html";
import { createResetLink } from "../support/one-time-links";
import { noteSecret } from "../support/secrets-seen";
import { getResource, obtainTokens, refreshOf, requestToken } from "../support/token-client";
import { untilAdmitted } from "../support/until-admitted";
import { test } from "../support/vitest";

/** Password reset links, on two server processes with one PostgreSQL. */

function newPassword(): string {
  const password = randomAlphanumeric(20);
  noteSecret(password);
  return password;
}

test("a link is used once, wherever and how often it is sent at once; every session and token ends", async ({
  portal,
}) => {
  const user = await portal.createUser();
  const application = await portal.createApplication();
  const signedIn = new BrowserClient();
  await signedIn.signIn(user);
  const tokens = await obtainTokens(signedIn, application);
  const path = await createResetLink(portal, user);
  const attempts = Array.from({ length: 6 }, (_, index) => ({
    browser: new BrowserClient({ base: index % 2 === 0 ? baseUrl : secondBaseUrl }),
    password: newPassword(),
  }));
  const forms = await Promise.all(attempts.map(({ browser }) => browser.openForm(path, `${path}/submit`)));
  const answers = await Promise.all(
    attempts.map(({ browser, password }, index) => {
      const form = forms[index] as HtmlForm;
      return untilAdmitted(() => browser.submit(form, { password, password_again: password }));
    }),
  );
  const locations = answers.map(({ headers }) => headers.location);
  expect(locations.filter((location) => location === "/reset-password/done")).toHaveLength(1);
  expect(locations.filter((location) => location === path)).toHaveLength(5);

  const winner = attempts[locations.indexOf("/reset-password/done")];
  await new BrowserClient().signIn({ ...user, password: winner?.password ?? "" });
  await expect(new BrowserClient().signIn(user)).rejects.toThrow("not signed in");
  expect((await signedIn.get("/account/")).status).toBe(307);
  expect((await getResource(tokens.accessToken)).status).toBe(401);
  expect((await requestToken(refreshOf(application, tokens.refreshToken))).body.error).toBe("invalid_grant");
  expect((await new BrowserClient().get(path)).text).toContain("This link isn’t valid");
});

test("a newer link ends the older one, and a form without its token is refused", async ({ portal, browser }) => {
  const user = await portal.createUser();
  const [first, second] = [await createResetLink(portal, user), await createResetLink(portal, user)];
  expect((await browser.get(first)).text).toContain("This link isn’t valid");
  for (let count = 0; count < 3; count++) expect((await browser.get(second)).text).toContain("Choose a new password");
  const password = newPassword();
  expect((await browser.post(`${second}/submit`, { password, password_again: password })).status).toBe(403);
  const form = await browser.openForm(second, `${second}/submit`);
  const rejected = await browser.submit(form, { password, password_again: `${password}!` });
  expect(rejected.headers.location).toBe(second);
  expect((await browser.get(second)).text).toContain("The two passwords are not the same.");
});
