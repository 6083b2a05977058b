import { afterAll, beforeAll, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { systemContext, withTransaction } from "../../context";
import { ValidationError } from "../../errors";
import { cleanStorage } from "../../storage/clean-storage";
import { deleteApplication } from "../delete-application";
import { setApplicationDisabled } from "../set-application-disabled";
import { type Actors, createActors, registerOwned, removeOwned } from "../testing/owned-applications";
import { reserveClientId } from "./client-ids";

const prisma = getPrisma();
const prefix = `Id-${randomAlphanumeric(10)}-`;
const newId = () => `${prefix}${randomAlphanumeric(10)}`;
const system = systemContext();
let actors: Actors;

beforeAll(async () => {
  actors = await createActors();
});

afterAll(async () => {
  await prisma.reservedClientId.deleteMany({ where: { clientId: { startsWith: prefix } } });
  await removeOwned();
});

const spellings = (id: string) => [id, id.toUpperCase(), id.toLowerCase()];

async function expectTaken(clientId: string): Promise<void> {
  for (const spelling of spellings(clientId)) {
    const refused = registerOwned(actors, { clientId: spelling });
    await expect(refused, spelling).rejects.toThrow(ValidationError);
  }
}

test("no new ID differs from an existing one only in case", async () => {
  const clientId = newId();
  await registerOwned(actors, { clientId });
  await expectTaken(clientId);
});

test.each([
  ["its owner", () => actors.owner],
  ["an administrator", () => actors.administrator],
  ["a command", () => system],
])("the id of an application that %s deleted stays reserved", async (_name, actor) => {
  const clientId = newId();
  const { id } = await registerOwned(actors, { clientId });
  await deleteApplication(actor(), { id });
  await expectTaken(clientId);
});

test("deleting can't undo an administrator's disabling of the application", async () => {
  const clientId = newId();
  const { id } = await registerOwned(actors, { clientId });
  await setApplicationDisabled(actors.administrator, { id, disabled: true });
  await deleteApplication(actors.owner, { id });
  await expectTaken(clientId);
});

test("IDs that differed only in case before this rule stay, and block others", async () => {
  const clientId = newId();
  await registerOwned(actors, { clientId });
  const { id } = await registerOwned(actors);
  await prisma.application.update({ where: { id }, data: { clientId: clientId.toLowerCase(), clientIdKey: null } });
  expect(await prisma.application.count({ where: { clientId: { in: spellings(clientId) } } })).toBe(2);
  await deleteApplication(system, { id });
  await expectTaken(clientId);
});

test("RFC 9700 §4.15: a user's subject can't be a client ID, nor a deleted application's ID a subject", async () => {
  const [subject, clientId] = [newId(), newId()];
  const createUser = (name: string) => {
    const unique = randomAlphanumeric(20).toLowerCase();
    const keys = { username: unique, usernameKey: unique, email: unique, emailKey: unique };
    return prisma.user.create({ data: { ...keys, subject: name }, select: { id: true } });
  };
  const user = await createUser(subject);
  await expect(registerOwned(actors, { clientId: subject })).rejects.toThrow(ValidationError);
  const { id } = await registerOwned(actors, { clientId });
  await expect(createUser(clientId)).rejects.toMatchObject({ code: "P2002" });
  await deleteApplication(system, { id });
  await expect(createUser(clientId)).rejects.toMatchObject({ code: "P2002" });
  await prisma.user.delete({ where: user });
  await registerOwned(actors, { clientId: subject });
});

test("an ID that is being deleted is either in use or reserved, and never free in between", async () => {
  const clientId = newId();
  const { id } = await registerOwned(actors, { clientId });
  const outcomes = await Promise.allSettled([
    deleteApplication(actors.owner, { id }),
    ...Array.from({ length: 5 }, () => registerOwned(actors, { clientId })),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", ...Array(5).fill("rejected")]);
});

test("the ID of a client that deleted itself is reserved for 30 days: anyone could create any number of them", async () => {
  const [selfDeleted, ours] = [newId(), newId()];
  const at = new Date(Date.now() - 29 * 86_400_000);
  await withTransaction(system, async (tx) => {
    await reserveClientId(tx, selfDeleted, { at, selfDeleted: true });
    await reserveClientId(tx, ours, { at, selfDeleted: false });
  });
  await cleanStorage(systemContext(), { tables: ["reserved_client_ids"] });
  await expectTaken(selfDeleted);
  await prisma.reservedClientId.updateMany({ where: { clientId: selfDeleted }, data: { expiresAt: at } });
  await registerOwned(actors, { clientId: selfDeleted });
  await cleanStorage(systemContext(), { tables: ["reserved_client_ids"] });
  const left = await prisma.reservedClientId.findMany({ where: { clientId: { in: [selfDeleted, ours] } } });
  expect(left).toMatchObject([{ clientId: ours, expiresAt: null }]);
});
