import { afterAll, beforeAll, expect, test } from "vitest";
import type { BrowserClient } from "../support/browser-client";
import { OwnProvider } from "../support/own-provider";

/** On its own database: elsewhere, other tests have administrators too. */
const provider = new OwnProvider();

beforeAll(() => provider.start());
afterAll(() => provider.remove());

interface Administrator {
  id: string;
  browser: BrowserClient;
}

async function addAdministrator(): Promise<Administrator> {
  const user = await provider.createUser();
  await provider.database.user.update({ where: { id: user.id }, data: { portalRole: "administrator" } });
  return { id: user.id, browser: await provider.signIn(user) };
}

async function takeRole(browser: BrowserClient, id: string) {
  const { fields } = await browser.openForm("/account/", "/logout/submit");
  return browser.post(`/admin/users/${id}/role/submit`, { csrf: fields.csrf ?? "", portal_role: "none" });
}

const countAdministrators = () => provider.database.user.count({ where: { portalRole: "administrator" } });

test("of administrators who take each other's role at the same time, one is left", async () => {
  for (let round = 0; round < 3; round++) {
    const [one, other] = [await addAdministrator(), await addAdministrator()];
    await provider.database.user.updateMany({
      where: { id: { notIn: [one.id, other.id] } },
      data: { portalRole: null },
    });
    await Promise.all([takeRole(one.browser, other.id), takeRole(other.browser, one.id)]);
    expect(await countAdministrators()).toBe(1);
  }
});

test("the last administrator can't give up the role, and one of two can", async () => {
  await provider.database.user.updateMany({ data: { portalRole: null } });
  const { id, browser } = await addAdministrator();
  const refused = await takeRole(browser, id);
  expect(refused.headers.location).toBe(`/admin/users/${id}/security/?rejected=role#role`);
  expect(await countAdministrators()).toBe(1);
  const other = await addAdministrator();
  expect((await takeRole(browser, id)).headers.location).toBe("/");
  expect(await countAdministrators()).toBe(1);
  expect((await takeRole(browser, other.id)).status).toBe(403);
});
