import { existsSync, readFileSync } from "node:fs";
import { expect, signIn, test } from "./support/playwright";
import { createPkcePair } from "./support/token-client";

const picture = "docs/images/consent.png";
const viewport = { width: 1280, height: 860 };
const scale = 2;

test.use({ viewport, deviceScaleFactor: scale, colorScheme: "light", contextOptions: { reducedMotion: "reduce" } });

/** `README_PICTURE=1 npm run test:e2e -- readme-picture` renews the README's picture. */
test("the README's picture of the consent screen", async ({ page, portal }) => {
  const owner = await portal.createUser();
  // The picture must look the same each time, so it has fixed names.
  const user = await portal.createUser();
  await portal.database.user.update({
    where: { id: owner.id },
    data: { username: "orbit-tools" },
    select: { id: true },
  });
  await portal.database.user.update({
    where: { id: user.id },
    data: { username: "maria", email: "maria@example.com" },
    select: { id: true },
  });
  const application = await portal.createApplication({
    owner,
    name: "Orbit Calendar",
    redirectUris: ["https://calendar.example.com/callback"],
  });
  const { challenge } = createPkcePair();
  const query = new URLSearchParams({
    response_type: "code",
    client_id: application.clientId,
    redirect_uri: application.redirectUri,
    code_challenge: challenge,
    code_challenge_method: "S256",
  });
  await page.goto(`/o/authorize/?${query}`);
  await signIn(page, user);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Authorize Orbit Calendar?");
  await expect(page.getByText("Registered by orbit-tools")).toBeVisible();
  await expect(page.getByRole("button", { name: "Authorize" })).toBeInViewport();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));

  if (process.env.README_PICTURE === "1")
    await page.screenshot({ path: picture, animations: "disabled", caret: "hide" });
  expect(existsSync(picture), `${picture}: take it with README_PICTURE=1`).toBe(true);
  // A PNG has its size in its first chunk, at a fixed place.
  const header = readFileSync(picture).subarray(0, 24);
  expect([header.readUInt32BE(16), header.readUInt32BE(20)]).toEqual([viewport.width * scale, viewport.height * scale]);
});
