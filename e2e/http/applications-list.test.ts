import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { openSession } from "../support/sessions";
import { test } from "../support/vitest";

const exported = "/o/applications/export/file";
const bulk = "/o/applications/bulk/submit";

test("the export is a file of what the reader may see, and needs someone signed in", async ({ portal }) => {
  const word = randomUUID().slice(0, 8);
  const [owner, other] = [await portal.createUser(), await portal.createUser()];
  const mine = await portal.createApplication({ owner, name: `Mine ${word}` });
  const theirs = await portal.createApplication({ owner: other, name: `Theirs ${word}` });
  const browser = await openSession(owner);
  const csv = await browser.get(`${exported}?q=${word}`);
  expect(csv.status).toBe(200);
  expect(csv.headers).toMatchObject({
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="applications.csv"',
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  expect(csv.text).toContain(mine.clientId);
  expect(csv.text).not.toContain(theirs.clientId);
  const auditor = await openSession(await portal.createUser({ portalRole: "auditor" }));
  const json = JSON.parse((await auditor.get(`${exported}?format=json&q=${word}&status=active`)).text);
  expect(json.map((one: { client_id: string }) => one.client_id)).toEqual([mine.clientId, theirs.clientId]);
  const none = await auditor.get(`${exported}?format=json&q=${word}&status=disabled`);
  expect(JSON.parse(none.text)).toEqual([]);
  const nobody = await new BrowserClient().get(exported);
  expect(nobody.text).not.toContain(mine.clientId);
  expect(nobody.status).not.toBe(200);
});

test("the form for several applications changes only those that the user may change, and asks first", async ({
  portal,
}) => {
  const [owner, other] = [await portal.createUser(), await portal.createUser()];
  const [mine, theirs] = [await portal.createApplication({ owner }), await portal.createApplication({ owner: other })];
  const isDisabled = async ({ id }: { id: string }) =>
    (await portal.database.application.findUniqueOrThrow({ where: { id } })).disabledAt !== null;
  const browser = await openSession(owner);
  const { fields } = await browser.openForm("/account/", "/logout/submit");
  const csrf = fields.csrf ?? "";
  const asked = await browser.post(bulk, { csrf, action: "disable", id: mine.id });
  expect([asked.status, asked.headers.location]).toEqual([
    303,
    expect.stringMatching(/^\/o\/applications\/disable\/\?/),
  ]);
  expect(await isDisabled(mine)).toBe(false);
  expect((await browser.get(asked.headers.location ?? "")).text).toContain("Disable 1 application?");
  const ids = `${mine.id}.${theirs.id}.${randomUUID()}.no-id`;
  const done = await browser.post(bulk, { csrf, action: "disable", ids, list: "//elsewhere.example" });
  expect([done.status, done.headers.location]).toEqual([303, "/o/applications/"]);
  expect([await isDisabled(mine), await isDisabled(theirs)]).toEqual([true, false]);
  const page = (await browser.get("/o/applications/")).text;
  expect(page).toContain("1 application disabled");
  expect(page).toContain("3 applications no longer exist.");
  expect((await browser.post(bulk, { csrf, action: "enable" })).headers.location).toBe("/o/applications/");
  expect((await browser.post(bulk, { csrf, action: "delete", id: mine.id })).status).toBe(400);
  expect((await browser.post(bulk, { csrf: "wrong", action: "enable", id: mine.id })).status).not.toBe(200);
  expect(await isDisabled(mine)).toBe(true);
  const many = Array.from({ length: 201 }, () => randomUUID()).join(".");
  expect((await browser.post(bulk, { csrf, action: "disable", ids: many })).status).toBe(400);
});
