import type { Locator, Page } from "@playwright/test";
import { authorizePath } from "../support/browser-client";
import { expect, startSession } from "../support/playwright";
import type { TestApplication, TestUser } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";

/** The address to which an application sends its users. */
export function requestOf(application: TestApplication, parameters: Readonly<Record<string, string>> = {}): string {
  return authorizePath({
    response_type: "code",
    client_id: application.clientId,
    redirect_uri: application.redirectUri,
    ...parameters,
  });
}

/** RFC 7636 Appendix B: public clients must send one. */
export const codeChallenge = {
  code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  code_challenge_method: "S256",
};

/** The consent page of a user who is already signed in. */
export async function openConsent(page: Page, user: TestUser, request: string): Promise<void> {
  await startSession(page, user);
  await page.goto(request);
  await expect(page.getByRole("button", { name: "Authorize" })).toBeVisible();
}

/** Waits for the redirect to the application and returns its parameters. */
export async function expectResponse(page: Page, application: TestApplication): Promise<URLSearchParams> {
  await page.waitForURL((url) => url.href.startsWith(`${application.redirectUri}?`));
  const { searchParams } = new URL(page.url());
  noteSecret(searchParams.get("code") ?? "");
  return searchParams;
}

/** No answer looks recommended. */
export async function expectSameLooks(page: Page, names: readonly [string, string]): Promise<void> {
  // The pointer is where the last button was, which may be on one of these.
  await page.mouse.move(0, 0);
  await expect(async () => {
    const [one, other] = await Promise.all(names.map((name) => readLooks(page.getByRole("button", { name }))));
    expect(one).toEqual(other);
  }).toPass({ timeout: 10_000 });
}

async function readLooks(button: Locator) {
  const box = await button.boundingBox();
  const look = await button.evaluate((element) => {
    const { backgroundColor, color, borderColor, fontSize, fontWeight } = getComputedStyle(element);
    return { backgroundColor, color, borderColor, fontSize, fontWeight };
  });
  return { ...look, width: Math.round(box?.width ?? 0), height: box?.height, top: box?.y };
}
