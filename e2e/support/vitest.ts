import { test as base } from "vitest";
import { BrowserClient } from "./browser-client";
import { Portal, type TestUser } from "./portal";
import { openSession } from "./sessions";

interface Fixtures {
  /** Creates the test's own data and removes it again. */
  portal: Portal;
  /** Without cookies: nobody is signed in. */
  browser: BrowserClient;
  /** The user signed in at `person`, the same for all tests of a file: creating a user is slow. */
  user: TestUser;
  person: BrowserClient;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  portal: async ({}, use) => {
    const portal = new Portal();
    await use(portal);
    await portal.cleanUp();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  browser: async ({}, use) => use(new BrowserClient()),
  user: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const portal = new Portal();
      await use(await portal.createUser());
      await portal.cleanUp();
    },
    { scope: "file" },
  ],
  person: [async ({ user }, use) => use(await openSession(user)), { scope: "file" }],
});
