import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { ForbiddenError, ValidationError } from "../../errors";
import { noPermissions } from "../../permissions";
import { type Actors, createActors, registerOwned, removeOwned } from "../testing/owned-applications";
import { describeApplicationsDisabling } from "./describe-applications-disabling";
import { disableApplications, enableApplications } from "./disable-applications";

const prisma = getPrisma();
let actors: Actors;
let ids: string[] = [];

beforeAll(async () => {
  actors = await createActors();
});

beforeEach(async () => {
  const registered = [await registerOwned(actors), await registerOwned(actors), await registerOwned(actors)];
  ids = registered.map(({ id }) => id);
});

afterAll(removeOwned);

const listEvents = async (type: string) =>
  (await prisma.auditEvent.findMany({ where: { applicationId: { in: ids }, type } })).map(
    ({ applicationId, details }) => [applicationId, details],
  );
const countDisabled = () => prisma.application.count({ where: { id: { in: ids }, disabledAt: { not: null } } });

test("disables all that were selected, each with an event of its own, and leaves those that already are", async () => {
  const [first = "", ...others] = ids;
  await disableApplications(actors.owner, { ids: [first] });
  const unknown = randomUUID();
  expect(await disableApplications(actors.owner, { ids: [...ids, ids[1] ?? "", unknown, "no id"] })).toEqual({
    changed: others.toSorted(),
    unchanged: [first],
    refused: [unknown, "no id"].map((id) => ({ id, reason: "not_found" })),
  });
  expect(await countDisabled()).toBe(3);
  const events = await listEvents("application.disabled");
  expect(events.map(([id]) => id).toSorted()).toEqual(ids.toSorted());
  expect(events.every(([, details]) => JSON.stringify(details) === '{"by":"owner"}')).toBe(true);
});

test("an administrator takes over what its owner had disabled; the owner can't enable it then", async () => {
  const [first = "", second = "", third = ""] = ids;
  await disableApplications(actors.owner, { ids: [first, second] });
  const { changed } = await disableApplications(actors.administrator, { ids: [first] });
  expect(changed).toEqual([first]);
  expect(await enableApplications(actors.owner, { ids: [first, second, third] })).toEqual({
    changed: [second],
    unchanged: [third],
    refused: [{ id: first, reason: "disabled_by_administrator" }],
  });
  expect((await enableApplications(actors.administrator, { ids: [first] })).changed).toEqual([first]);
  expect(await countDisabled()).toBe(0);
  expect((await listEvents("application.enabled")).map(([id]) => id).toSorted()).toEqual([first, second].toSorted());
});

test("those of others are not found, for everyone without the permission", async () => {
  const stranger = (await createActors()).owner;
  const refused = ids.map((id) => ({ id, reason: "not_found" }));
  expect(await disableApplications(stranger, { ids })).toEqual({ changed: [], unchanged: [], refused });
  expect(await describeApplicationsDisabling(stranger, { ids })).toMatchObject({ applications: [], others: 3 });
  const actor = { kind: "credential" as const, id: randomUUID(), permissions: noPermissions };
  const credential = { ...stranger, actor };
  await expect(disableApplications(credential, { ids })).rejects.toThrow(ForbiddenError);
  await expect(describeApplicationsDisabling(credential, { ids })).rejects.toThrow(ForbiddenError);
  expect(await countDisabled()).toBe(0);
});

test("none, and more than one transaction takes, are refused", async () => {
  const many = Array.from({ length: 201 }, () => randomUUID());
  await expect(disableApplications(actors.owner, { ids: [] })).rejects.toThrow(ValidationError);
  await expect(enableApplications(actors.owner, { ids: many })).rejects.toThrow(ValidationError);
});

test("what is shown before is what happens, in numbers for all of them together", async () => {
  const [first = "", second = ""] = ids;
  const userId = actors.owner.actor?.kind === "user" ? actors.owner.actor.id : "";
  const at = new Date();
  const later = new Date(at.getTime() + 60_000);
  for (const applicationId of [first, second]) {
    await prisma.consent.create({ data: { userId, applicationId, scopes: [], createdAt: at, updatedAt: at } });
    const token = { applicationId, scopes: [], createdAt: at };
    await prisma.accessToken.create({ data: { ...token, tokenHash: randomUUID(), expiresAt: later } });
    await prisma.accessToken.create({ data: { ...token, tokenHash: randomUUID(), expiresAt: at } });
  }
  await disableApplications(actors.owner, { ids: [ids[2] ?? ""] });
  const described = await describeApplicationsDisabling(actors.owner, { ids });
  expect(described).toMatchObject({ others: 1, people: 1, activeAccessTokens: 2, activeRefreshTokens: 0 });
  expect(described.applications.map(({ id }) => id).toSorted()).toEqual([first, second].toSorted());
  // An administrator takes over the third.
  expect(await describeApplicationsDisabling(actors.administrator, { ids })).toMatchObject({ others: 0 });
});

test("two who disable the same ones at once disable each once", async () => {
  const reports = await Promise.all([
    disableApplications(actors.owner, { ids }),
    disableApplications(actors.owner, { ids: ids.toReversed() }),
  ]);
  expect(reports.flatMap(({ changed }) => changed).toSorted()).toEqual(ids.toSorted());
  expect(await listEvents("application.disabled")).toHaveLength(3);
});
