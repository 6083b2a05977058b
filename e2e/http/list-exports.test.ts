import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { openSession } from "../support/sessions";
import { test } from "../support/vitest";

/** The lists of administrators as files: everything that the list shows, and never a secret. */

const lists = {
  apis: "/o/apis/export/file",
  scopes: "/o/scopes/export/file",
  "initial-access-tokens": "/o/registration-tokens/export/file",
} as const;

describe.each(Object.entries(lists))("%s", (name, path) => {
  test("are sent as CSV and as JSON with the same columns", async ({ portal }) => {
    const browser = await openSession(await portal.createUser({ portalRole: "auditor" }));
    const [api, scope] = [await portal.createApi({ name: "=HYPERLINK(1)" }), await portal.createScope()];
    const hash = `hash-${randomUUID()}`;
    const label = `Export ${hash.slice(-12)}`;
    const token = { tokenHash: hash, label, maximumUses: 3, expiresAt: new Date(Date.now() + 60_000) };
    const { id } = await portal.database.initialAccessToken.create({ data: token });
    const own = { apis: api.identifier, scopes: scope, "initial-access-tokens": label }[name] ?? "";

    const csv = await browser.get(`${path}?format=csv`);
    expect(csv.headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "no-store",
    });
    const [columns = "", ...records] = csv.text.split("\r\n");
    expect(records.filter((record) => record.includes(own))).toHaveLength(1);
    expect(csv.text).not.toContain(",=HYPERLINK");

    const json = await browser.get(`${path}?format=json`);
    expect(json.headers["content-disposition"]).toBe(`attachment; filename="${name}.json"`);
    const rows = JSON.parse(json.text) as Record<string, unknown>[];
    const row = rows.find((one) => Object.values(one).includes(own));
    expect(Object.keys(row ?? {}).join()).toBe(columns);
    for (const { text } of [csv, json]) expect(text).not.toContain(hash);
    await portal.database.initialAccessToken.delete({ where: { id } });
  });

  test("are for those who may see the list", async ({ portal }) => {
    const someone = await openSession(await portal.createUser());
    expect((await someone.get(path)).status).toBe(403);
    const nobody = await new BrowserClient().get(path);
    expect(nobody.text).not.toMatch(/^(id|name),/);
    expect(nobody.status).not.toBe(200);
  });
});
