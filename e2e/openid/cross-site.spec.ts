import { baseUrl } from "../support/environment";
import { expect, signIn, test } from "../support/playwright";
import { noteSecret } from "../support/secrets-seen";
import { authorizationOf } from "../support/token-client";

const application = "https://app.example.test";

test("OpenID Connect Core §3.1.2.1: a request that another site posts carries no cookie, and still signs in", async ({
  page,
  portal,
}) => {
  const user = await portal.createUser();
  const registered = await portal.createApplication({ redirectUris: [`${application}/callback`], skipConsent: true });
  const fields = authorizationOf(registered, { scope: "openid" });
  const inputs = Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
  const form = `<!doctype html><title>App</title><form method="post" action="${baseUrl}/o/authorize/">${inputs.join("")}<button>Sign in</button></form>`;
  await page.route(`${application}/**`, (route) => route.fulfill({ contentType: "text/html", body: form }));
  const post = async () => {
    await page.goto(`${application}/`);
    await page.getByRole("button", { name: "Sign in" }).click();
  };
  // No name server knows the application, and a redirect to it can't be intercepted: only the requested address can be
  // observed.
  const callbacks: URL[] = [];
  page.on("request", (request) => {
    if (request.url().startsWith(`${application}/callback?`)) callbacks.push(new URL(request.url()));
  });
  const expectCode = async () => {
    await expect.poll(() => callbacks.length).toBe(1);
    const code = callbacks.pop()?.searchParams.get("code") ?? "";
    noteSecret(code);
    expect(code).toMatch(/^[\w-]{43}$/);
  };

  await post();
  await page.waitForURL(/\/login\?/);
  await signIn(page, user);
  await expectCode();
  // Already signed in, which only the unsent cookie would show.
  await post();
  await expectCode();
});
