import { baseUrl } from "../support/environment";
import { expect, expectAccessible, startSession, test } from "../support/playwright";

const path = "/o/signing-keys/";
const algorithms = ["RS256", "PS256", "ES256", "EdDSA"];

for (const [colorScheme, width] of [
  ["light", 1280],
  ["dark", 390],
] as const) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 } });

    test("an administrator sees every published key, and which one signs", async ({ page, portal }) => {
      await portal.createApplication({ idTokenSignedResponseAlg: "EdDSA" });
      await startSession(page, await portal.createUser({ administrator: true }));
      await page.goto("/");
      await page.goto(path);
      await expect(page.getByRole("heading", { name: "Signing keys", level: 1 })).toBeVisible();
      const published: { keys: { kid: string }[] } = await (
        await page.request.get(`${baseUrl}/o/.well-known/jwks.json`)
      ).json();
      const table = page.getByRole("table", { name: "Published keys" });
      for (const { kid } of published.keys) await expect(table.getByText(kid)).toBeAttached();
      const rotation = page.getByRole("region", { name: "Rotation" }).getByRole("listitem");
      await expect(rotation).toHaveText(algorithms.map((name) => new RegExp(`^\\s*${name}`)));
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });
}

test("nobody else finds the page, and nothing links to it", async ({ page, portal }) => {
  await startSession(page, await portal.createUser());
  await expect(page.getByRole("link", { name: "Signing keys" })).toHaveCount(0);
  const answer = await page.goto(path);
  expect(answer?.status()).toBe(404);
});
