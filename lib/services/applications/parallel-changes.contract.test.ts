import { afterAll, beforeAll, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import type { SettingName } from "@/lib/oauth/ports/client-settings";
import { ValidationError } from "../errors";
import { getApplication } from "./get-application";
import type { ApplicationInput } from "./settings/application-schema";
import { type Actors, createActors, registerOwned, removeOwned, webApplication } from "./testing/owned-applications";
import { updateApplication } from "./update-application";

/** Each change below was filled in from the application as it was before all of them, as forms in two windows are. */

let actors: Actors;

beforeAll(async () => {
  actors = await createActors();
});

afterAll(removeOwned);

function change(id: string, changed: Partial<ApplicationInput>, only = Object.keys(changed) as SettingName[]) {
  return updateApplication(actors.owner, { ...webApplication, ...changed, id, only });
}

/** Waits until this many transactions wait for a lock of the row. */
async function untilWaiting(count: number): Promise<void> {
  const [row] = await getPrisma().$queryRaw<{ waiting: bigint }[]>`
    SELECT count(*) AS waiting FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND query LIKE '%FROM applications%FOR NO KEY UPDATE%'`;
  if (Number(row?.waiting) < count) return untilWaiting(count);
}

test("of changes to different settings at the same moment none undoes another", async () => {
  const { id } = await registerOwned(actors);
  const changes: Partial<ApplicationInput>[] = [
    { requirePkce: true },
    { redirectUris: ["https://app.example/new"] },
    { postLogoutRedirectUris: ["https://app.example/bye"] },
    { allowedScopes: ["openid"] },
    { defaultMaxAge: 60 },
  ];
  const prisma = getPrisma();
  let running: Promise<unknown>[] = [];
  // All of them wait for the row, so each has read what it read before any other has saved.
  await prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM applications WHERE id = ${id}::uuid FOR UPDATE`;
    running = changes.map((one) => change(id, one));
    await untilWaiting(changes.length);
  });
  await Promise.all(running);
  expect(await getApplication(actors.owner, { id })).toMatchObject(Object.assign({}, ...changes));
  const events = await prisma.auditEvent.findMany({ where: { applicationId: id, type: "application.updated" } });
  const recorded = events.flatMap(({ details }) => Object.keys(Object(details).after)).toSorted();
  expect(recorded, "each event says what its own change did").toEqual(changes.flatMap(Object.keys).toSorted());
});

test("without a list of settings all are replaced", async () => {
  const { id } = await registerOwned(actors, { defaultMaxAge: 60 });
  await updateApplication(actors.owner, { ...webApplication, id });
  expect((await getApplication(actors.owner, { id })).defaultMaxAge).toBeNull();
});

test("two changes that contradict each other only together: the later one is refused, by the setting", async () => {
  const { id } = await registerOwned(actors, { redirectUris: ["https://a.example/", "https://b.example/"] });
  const outcomes = await Promise.allSettled([
    change(id, { frontchannelLogoutUri: "https://b.example/logout", redirectUris: ["https://b.example/"] }, [
      "frontchannelLogoutUri",
    ]),
    change(id, { redirectUris: ["https://a.example/"] }),
  ]);
  const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused).toHaveLength(1);
  expect(refused[0]).toBeInstanceOf(ValidationError);
  expect(Object.keys(refused[0].fieldErrors)).toEqual(["frontchannelLogoutUri"]);
});
