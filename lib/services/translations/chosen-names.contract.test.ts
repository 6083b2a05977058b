import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { findClientDescription } from "../applications/client-presentation";
import {
  type Actors,
  createActors,
  registerOwned,
  removeOwned,
  webApplication,
} from "../applications/testing/owned-applications";
import { updateApplication } from "../applications/update-application";
import { ForbiddenError, NotFoundError } from "../errors";
import { setTranslations } from "./set-translations";

const prisma = getPrisma();
let actors: Actors;

beforeAll(async () => {
  actors = await createActors();
});

afterAll(removeOwned);

async function registerByItself(): Promise<{ id: string; clientId: string }> {
  const { id, clientId } = await registerOwned(actors);
  const metadata = { "client_name#en": "Its own", "tos_uri#en": "https://a.example/" };
  const expiresAt = new Date(Date.now() + 60_000);
  await prisma.application.update({ where: { id }, data: { metadata, expiresAt }, select: { id: true } });
  return { id, clientId };
}

test("a name that people here give goes before those that the client registered, in every language", async () => {
  const { id, clientId } = await registerByItself();
  expect(await findClientDescription(clientId, "en")).toMatchObject({ client_name: "Its own" });
  await updateApplication(actors.owner, { id, ...webApplication, requirePkce: true });
  expect(await findClientDescription(clientId, "en")).toMatchObject({ client_name: "Its own" });
  await updateApplication(actors.owner, { id, ...webApplication, name: `Ours ${randomUUID()}` });
  expect(await findClientDescription(clientId, "en")).toEqual({ tos_uri: "https://a.example/" });
});

test("an application whose name was translated no longer expires", async () => {
  const { id } = await registerByItself();
  await setTranslations(actors.owner, { kind: "application", id, translations: {} });
  const find = () => prisma.application.findUniqueOrThrow({ where: { id }, select: { expiresAt: true } });
  expect((await find()).expiresAt).not.toBeNull();
  await setTranslations(actors.owner, { kind: "application", id, translations: { en: "Ours" } });
  expect((await find()).expiresAt).toBeNull();
});

test("who may not translate learns nothing of what is wrong with a text", async () => {
  const translations = { en: "a\u0007b" };
  const refused = (kind: "application" | "api" | "scope", id: string) =>
    expect(setTranslations(actors.owner, { kind, id, translations })).rejects;
  await refused("api", randomUUID()).toThrow(ForbiddenError);
  await refused("scope", "read").toThrow(ForbiddenError);
  await refused("application", "\r\nSet-Cookie: x").toThrow(NotFoundError);
});
