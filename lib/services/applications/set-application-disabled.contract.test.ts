import { afterAll, beforeAll, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { type ServiceContext, systemContext } from "../context";
import { ForbiddenError, NotFoundError } from "../errors";
import { addClientSecret } from "./credentials/client-secrets";
import { rollClientSecret } from "./credentials/roll-client-secret";
import { getApplication } from "./get-application";
import { setApplicationDisabled } from "./set-application-disabled";
import { type Actors, createActors, registerOwned, removeOwned, webApplication } from "./testing/owned-applications";
import { updateApplication } from "./update-application";

let actors: Actors;
let owner: ServiceContext;
let administrator: ServiceContext;

beforeAll(async () => {
  actors = await createActors();
  ({ owner, administrator } = actors);
});

afterAll(removeOwned);

const stateOf = async (id: string) => {
  const { disabled, disabledByAdministrator } = await getApplication(systemContext(), { id });
  return { disabled, disabledByAdministrator };
};
const byOwner = { disabled: true, disabledByAdministrator: false };
const byAdministrator = { disabled: true, disabledByAdministrator: true };
const enabled = { disabled: false, disabledByAdministrator: false };

test("an owner can undo their own disabling", async () => {
  const { id } = await registerOwned(actors);
  await setApplicationDisabled(owner, { id, disabled: true });
  expect(await stateOf(id)).toEqual(byOwner);
  await setApplicationDisabled(owner, { id, disabled: false });
  await setApplicationDisabled(owner, { id, disabled: false });
  expect(await stateOf(id)).toEqual(enabled);
});

test.each([
  ["an administrator", () => administrator],
  ["a command", systemContext],
])("what %s disabled no owner enables, by whatever they change", async (_name, actor) => {
  const { id } = await registerOwned(actors);
  await setApplicationDisabled(actor(), { id, disabled: true });
  await expect(setApplicationDisabled(owner, { id, disabled: false })).rejects.toThrow(ForbiddenError);
  await setApplicationDisabled(owner, { id, disabled: true });
  await updateApplication(owner, { id, ...webApplication, requirePkce: true });
  const { secretId } = await addClientSecret(owner, { applicationId: id, label: "", expiresInDays: 0 });
  await rollClientSecret(owner, { applicationId: id, secretId, overlapHours: "0", expiresInDays: 0 });
  expect(await stateOf(id)).toEqual(byAdministrator);
  await setApplicationDisabled(administrator, { id, disabled: false });
  expect(await stateOf(id)).toEqual(enabled);
  const events = await getPrisma().auditEvent.findMany({ where: { applicationId: id }, orderBy: { id: "asc" } });
  const disabling = events.filter(({ type }) => /abled$/.test(type)).map(({ type, details }) => ({ type, details }));
  expect(disabling).toEqual([
    { type: "application.disabled", details: { by: "administrator" } },
    { type: "application.enabled", details: { by: "administrator" } },
  ]);
});

test("an administrator takes over what its owner disabled", async () => {
  const { id } = await registerOwned(actors);
  await setApplicationDisabled(owner, { id, disabled: true });
  await setApplicationDisabled(administrator, { id, disabled: true });
  await expect(setApplicationDisabled(owner, { id, disabled: false })).rejects.toThrow(ForbiddenError);
  expect(await stateOf(id)).toEqual(byAdministrator);
});

test("a row without an actor, as after a manual change in the database, counts as an administrator's", async () => {
  const { id } = await registerOwned(actors);
  await getPrisma().application.update({ where: { id }, data: { disabledAt: new Date() } });
  expect(await stateOf(id)).toEqual(byAdministrator);
  await expect(setApplicationDisabled(owner, { id, disabled: false })).rejects.toThrow(ForbiddenError);
});

test("an owner who enables can't override an administrator who disables at the same time", async () => {
  const applications = await Promise.all(Array.from({ length: 10 }, () => registerOwned(actors)));
  await Promise.all(
    applications.map(async ({ id }) => {
      await setApplicationDisabled(owner, { id, disabled: true });
      await Promise.allSettled([
        setApplicationDisabled(owner, { id, disabled: false }),
        setApplicationDisabled(administrator, { id, disabled: true }),
        setApplicationDisabled(owner, { id, disabled: false }),
      ]);
      expect(await stateOf(id)).toEqual(byAdministrator);
    }),
  );
});

test("another user's is not found", async () => {
  const { id } = await registerOwned(actors);
  const { owner: stranger } = await createActors();
  await expect(setApplicationDisabled(stranger, { id, disabled: true })).rejects.toThrow(NotFoundError);
});
