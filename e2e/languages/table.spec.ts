import type { Browser, BrowserContext, Page } from "@playwright/test";
import { localeNames, offeredLocales, pseudoLocale } from "@/lib/messages/locales";
import { idTokenReaders } from "@/lib/services/applications/settings/id-token-readers";
import { expect, expectAccessible, test } from "../support/playwright";
import type { Portal } from "../support/portal";
import { arrange, openScreen, ownScreens, portalScreens, type Screens, type Shown, signedOutScreens } from "./screens";

/** The narrowest screen that WCAG 2.2 §1.4.10 asks for. */
const narrow = { width: 320, height: 720 };

/** The other tests look at the screens in English. */
const locales = [...offeredLocales.filter((locale) => locale !== "en"), pseudoLocale];

/** Those whose pages for administrators are translated. */
const administrationLocales: readonly string[] = ["de", pseudoLocale];

function openIn(browser: Browser, locale: string): Promise<BrowserContext> {
  return browser.newContext({ locale, viewport: narrow });
}

for (const locale of locales) {
  test(`${locale}: the screens before sign-in`, async ({ browser, portal }) => {
    const context = await openIn(browser, locale);
    const page = await context.newPage();
    const application = await portal.createApplication();
    const shown = { portal, application } as Shown;
    await lookAt(page, locale, signedOutScreens, shown, [application.name]);
    await context.close();
  });

  test(`${locale}: the screens of someone signed in`, async ({ browser, portal }) => {
    await lookAtOwn(browser, locale, portal, ownScreens, { administrator: false });
  });
}

for (const locale of administrationLocales.filter((name) => locales.some((locale) => locale === name))) {
  for (const room of ["/admin", "/o/"]) {
    test(`${locale}: the screens of administrators below ${room}`, async ({ browser, portal }) => {
      test.slow();
      await lookAtOwn(browser, locale, portal, portalScreens(room), { administrator: true });
    });
  }
}

async function lookAtOwn(
  browser: Browser,
  locale: string,
  portal: Portal,
  screens: Screens,
  options: { administrator: boolean },
): Promise<void> {
  const context = await openIn(browser, locale);
  const page = await context.newPage();
  const shown = await arrange(page, portal, options);
  await lookAt(page, locale, screens, shown, await listNames(shown));
  await context.close();
}

/** What people have called what these screens show, and what they have said of it. */
async function listNames({ portal, user, application, objects }: Shown): Promise<string[]> {
  const scopes = await portal.database.scope.findMany();
  const apis = await portal.database.api.findMany({ select: { name: true, identifier: true } });
  const known = [...scopes.flatMap(({ name, description }) => [name, description]), ...apis.map(({ name }) => name)];
  return [user.username, user.email, application.name, application.clientId, ...objects.names, ...known];
}

/**
 * Each screen is in its language, no wider than the window, and nothing on it is wrong or, where one can tell, left.
 */
async function lookAt(
  page: Page,
  locale: string,
  screens: Screens,
  shown: Shown,
  names: readonly string[],
): Promise<void> {
  for (const [name, screen] of Object.entries(screens)) {
    await test.step(name, async () => {
      await openScreen(page, screen, shown);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expect(page.locator("html")).toHaveAttribute("dir", locale === pseudoLocale ? "rtl" : "ltr");
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wider, `${name} is wider than the window`).toBeLessThanOrEqual(0);
      await expectAccessible(page);
      if (locale === pseudoLocale) expect.soft(await findUntranslated(page, names), name).toEqual([]);
    });
  }
}

/** Programs that a form names. */
const programs = Object.values(idTokenReaders).map(({ label }) => label);

/** Addresses, algorithms, time zones and codes of devices. */
const codes = /^(?:[a-z]+:\/\/\S+|[A-Z]{4}-[A-Z]{4}|[REP]S\d{3}|EdDSA|Ed25519|UTC|[A-Z]\w+(?:\/[\w+-]+)+)$/;

/**
 * Texts without the mark that every text of the pseudo-locale has. What people have typed, code, times, and what says
 * that it is in another language are no texts of ours.
 */
async function findUntranslated(page: Page, names: readonly string[]): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const exempt = "bdi, code, pre, kbd, samp, time, script, style, textarea, [aria-hidden=true], body [lang]";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest(exempt)) found.push(node.textContent ?? "");
    }
    for (const element of document.querySelectorAll("[aria-label], [placeholder], img[alt]")) {
      if (element.closest("body [lang]")) continue;
      found.push(element.getAttribute("aria-label") ?? "", element.getAttribute("alt") ?? "");
    }
    return [...found, document.title.replace(" · Latchkey", "")];
  });
  const own = new Set([...names, "Latchkey", pseudoLocale, ...Object.values(localeNames), ...programs]);
  return texts
    .map((text) => text.trim())
    .filter((text) => /\p{L}{2}/u.test(text) && !text.includes("\u202e"))
    .filter((text) => !own.has(text) && !codes.test(text));
}
