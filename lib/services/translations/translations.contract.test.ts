import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { findApiNames } from "../apis/find-api-names";
import { findApplicationNames, findClientDescription } from "../applications/client-presentation";
import { systemContext, userActor } from "../context";
import { ForbiddenError, NotFoundError, ValidationError } from "../errors";
import { deleteScope } from "../scopes/delete-scope";
import { findScopeDescriptions } from "./find-scope-descriptions";
import { getTranslations } from "./get-translations";
import { setTranslations } from "./set-translations";
import type { TranslatedObject } from "./translated";

const context = systemContext();
const prisma = getPrisma();
let name = "";
let application: TranslatedObject;
let api: TranslatedObject;
let scope: TranslatedObject;

beforeEach(async () => {
  name = randomUUID();
  const data = { clientId: name, name: "Shop", clientType: "confidential", grantTypes: [] } as const;
  const { id } = await prisma.application.create({ data: { ...data, grantTypes: [] }, select: { id: true } });
  application = { kind: "application", id };
  await prisma.scope.create({ data: { name, description: "See orders" } });
  scope = { kind: "scope", id: name };
  const resource = { identifier: `https://${name}.example/`, name: "Orders", scopes: [name] };
  api = { kind: "api", id: (await prisma.api.create({ data: resource, select: { id: true } })).id };
});

afterEach(async () => {
  await prisma.application.deleteMany({ where: { id: application.id } });
  await prisma.api.deleteMany({ where: { id: api.id } });
  await prisma.scope.deleteMany({ where: { name } });
});

afterAll(() => prisma.$disconnect());

const objects = () => [application, api, scope];

test("texts are kept without spaces around them, and replaced as a whole", async () => {
  for (const object of objects()) {
    await setTranslations(context, { ...object, translations: { en: "  First  " } });
    expect(await getTranslations(context, object)).toMatchObject({ translations: { en: "First" } });
    await setTranslations(context, { ...object, translations: { en: " " } });
    expect(await getTranslations(context, object)).toMatchObject({ translations: {} });
  }
  expect(await getTranslations(context, scope)).toEqual({ name, text: "See orders", translations: {}, registered: {} });
  expect(await getTranslations(context, api)).toEqual({
    name: "Orders",
    text: "Orders",
    translations: {},
    registered: {},
  });
});

test("end users are shown them in that language, and the text that was given first in any other", async () => {
  for (const object of objects()) await setTranslations(context, { ...object, translations: { en: "Translated" } });
  expect(await findScopeDescriptions([name], "en")).toEqual(new Map([[name, "Translated"]]));
  expect(await findScopeDescriptions([name], "tlh")).toEqual(new Map());
  const identifier = `https://${name}.example/`;
  expect(await findApiNames([identifier], "en")).toEqual([{ identifier, name: "Translated" }]);
  expect(await findApiNames([identifier], "tlh")).toEqual([{ identifier, name: "Orders" }]);
  expect(await findClientDescription(name, "en")).toEqual({ client_name: "Translated" });
  expect(await findClientDescription(name, "tlh")).toEqual({});
});

test("RFC 7591 §2.2: a name that a client registered is shown until one is chosen here, or it is renamed", async () => {
  const metadata = { "client_name#en": "Its own", "policy_uri#en": "https://a.example/" };
  await prisma.application.update({ where: { id: application.id }, data: { metadata }, select: { id: true } });
  expect(await getTranslations(context, application)).toMatchObject({ registered: { en: "Its own" } });
  expect(await findClientDescription(name, "en")).toMatchObject({ client_name: "Its own" });
  expect(await findApplicationNames([application.id], "en")).toEqual(new Map([[application.id, "Its own"]]));
  await setTranslations(context, { ...application, translations: { en: "Ours" } });
  expect(await findClientDescription(name, "en")).toMatchObject({ client_name: "Ours" });
  expect(await findApplicationNames([application.id], "tlh")).toEqual(new Map());
});

test("a change is recorded with what it was before, and nothing is if nothing changes", async () => {
  await setTranslations(context, { ...scope, translations: { en: "One" } });
  await setTranslations(context, { ...scope, translations: { en: "One" } });
  await setTranslations(context, { ...scope, translations: { en: "Two" } });
  const events = await prisma.auditEvent.findMany({
    where: { type: "scope.translated", details: { path: ["scope"], equals: name } },
    orderBy: { at: "asc" },
  });
  expect(events.map(({ details }) => details)).toEqual([
    { scope: name, before: {}, after: { en: "One" } },
    { scope: name, before: { en: "One" }, after: { en: "Two" } },
  ]);
});

test("they go with what they belong to, so that a later scope of the same name has none", async () => {
  await setTranslations(context, { ...scope, translations: { en: "One" } });
  await prisma.api.deleteMany({ where: { id: api.id } });
  await deleteScope(context, { name });
  await prisma.scope.create({ data: { name, description: "Another" } });
  expect(await getTranslations(context, scope)).toMatchObject({ translations: {} });
});

test("parallel changes follow one another", async () => {
  const texts = Array.from({ length: 8 }, (_, index) => `Text ${index}`);
  await Promise.all(texts.map((text) => setTranslations(context, { ...scope, translations: { en: text } })));
  expect(texts).toContain((await getTranslations(context, scope)).translations.en);
});

describe("what is refused", () => {
  test("a text that is too long or has control characters, by its language", async () => {
    for (const object of objects()) {
      for (const text of ["x".repeat(201), "a\u0007b"]) {
        const refused = setTranslations(context, { ...object, translations: { en: text } });
        await expect(refused).rejects.toThrow(ValidationError);
        await expect(refused).rejects.toMatchObject({ fieldErrors: { en: [expect.any(String)] } });
      }
    }
  });

  test("a language that isn't offered", async () => {
    await expect(setTranslations(context, { ...scope, translations: { tlh: "x" } })).rejects.toThrow(ValidationError);
  });

  test("what doesn't exist, and what belongs to others", async () => {
    const stranger = { ...context, actor: userActor({ id: randomUUID(), portalRole: null }) };
    await expect(setTranslations(stranger, { ...application, translations: {} })).rejects.toThrow(NotFoundError);
    await expect(setTranslations(stranger, { ...api, translations: {} })).rejects.toThrow(ForbiddenError);
    await expect(setTranslations(stranger, { ...scope, translations: {} })).rejects.toThrow(ForbiddenError);
    for (const kind of ["application", "api", "scope"] as const) {
      await expect(getTranslations(context, { kind, id: randomUUID() })).rejects.toThrow(NotFoundError);
    }
  });
});
