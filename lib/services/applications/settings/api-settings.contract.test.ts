import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { createApi } from "../../apis/create-api";
import { deleteApi, describeApiDeletion } from "../../apis/delete-api";
import { systemContext } from "../../context";
import { ValidationError } from "../../errors";
import { getApplication } from "../get-application";
import { type Actors, createActors, registerOwned, removeOwned, webApplication } from "../testing/owned-applications";
import { updateApplication } from "../update-application";

const identifier = `https://${randomUUID()}.example/`;
const fields = {
  name: "Default",
  scopes: ["read"],
  tokenFormat: "jwt" as const,
  accessTokenLifetime: null,
  resourceServers: [],
};
const prisma = getPrisma();
let actors: Actors;
let apiId: string;

beforeAll(async () => {
  actors = await createActors();
  apiId = await createApi(systemContext(), { ...fields, identifier });
});

afterAll(async () => {
  const own = { identifier: { startsWith: identifier } };
  await prisma.application.updateMany({ where: { defaultApi: own }, data: { defaultApiId: null } });
  await prisma.api.deleteMany({ where: own });
  await removeOwned();
});

test("an owner names the API by its identifier; the event records it; it can be removed", async () => {
  const { id } = await registerOwned(actors, { defaultApi: identifier });
  const read = async () => (await getApplication(actors.owner, { id })).defaultApi;
  expect(await read()).toBe(identifier);
  await updateApplication(actors.owner, { ...webApplication, id });
  expect(await read()).toBeNull();
  await updateApplication(actors.owner, { id, ...webApplication, defaultApi: ` ${identifier} ` });
  expect(await read()).toBe(identifier);
  const events = await prisma.auditEvent.findMany({ where: { applicationId: id }, orderBy: { id: "asc" } });
  expect(events.map(({ details }) => details)).toMatchObject([
    { defaultApi: identifier },
    { before: { defaultApi: identifier }, after: { defaultApi: null } },
    { before: { defaultApi: null }, after: { defaultApi: identifier } },
  ]);
  await updateApplication(actors.owner, { ...webApplication, id });
});

test.each([`${identifier}x`, "x", "https://nowhere.example/", "a".repeat(3000)])(
  "an unknown identifier is refused",
  async (defaultApi) => {
    await expect(registerOwned(actors, { defaultApi })).rejects.toMatchObject({
      fieldErrors: { defaultApi: ["There is no API with this identifier."] },
    });
  },
);

test("RFC 9700 §2.3: an application's default API can't be deleted, because its tokens would be valid everywhere", async () => {
  const { id } = await registerOwned(actors, { defaultApi: identifier });
  await expect(deleteApi(systemContext(), { id: apiId })).rejects.toThrow(ValidationError);
  const { dependents: named } = await describeApiDeletion(systemContext(), { id: apiId });
  expect(named).toEqual({ count: 1, first: [{ id, name: webApplication.name }] });
  const racing = Promise.allSettled([
    updateApplication(actors.owner, { ...webApplication, id }).then(() =>
      updateApplication(actors.owner, { id, ...webApplication, defaultApi: identifier }),
    ),
    deleteApi(systemContext(), { id: apiId }),
  ]);
  const settled = await racing;
  for (const outcome of settled) {
    if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(ValidationError);
  }
  expect(settled.some(({ status }) => status === "fulfilled")).toBe(true);
});

test("twelve applications whose default it is are counted, and ten of them named", async () => {
  const own = { ...fields, identifier: `${identifier}twelve` };
  const id = await createApi(systemContext(), own);
  for (let each = 0; each < 12; each++) await registerOwned(actors, { defaultApi: own.identifier });
  const { count, first } = (await describeApiDeletion(systemContext(), { id })).dependents;
  expect([count, first.length]).toEqual([12, 10]);
  const names = Array.from({ length: 10 }, () => webApplication.name).join(", ");
  await expect(deleteApi(systemContext(), { id })).rejects.toMatchObject({
    fieldErrors: {
      confirmedName: [`It is the default API of ${names} and 2 more. Change these applications first.`],
    },
  });
});
