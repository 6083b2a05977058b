import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { systemContext } from "../../context";
import { type Actors, createActors, registerOwned, removeOwned } from "../testing/owned-applications";
import { exportAllApplications, exportApplications } from "./export-applications";

const prisma = getPrisma();
const marker = `e${randomUUID().replaceAll("-", "").slice(0, 12)}`;
let actors: Actors;

beforeAll(async () => {
  actors = await createActors();
});

afterAll(async () => {
  await prisma.application.deleteMany({ where: { clientId: { startsWith: marker } } });
  await removeOwned();
});

test("an export has every application that the list would show, once, and an event for each page", async () => {
  await prisma.application.createMany({
    data: Array.from({ length: 401 }, (_, index) => ({
      ...{ clientId: `${marker}-${index}`, name: `Application ${index}`, clientType: "public" as const },
      ...{ grantTypes: index % 2 ? ["authorization_code"] : [], createdAt: new Date("2026-01-01T00:00:00.000Z") },
    })),
  });
  const seen: string[] = [];
  const sizes: number[] = [];
  for await (const page of exportAllApplications(systemContext(), { q: marker })) {
    sizes.push(page.length);
    seen.push(...page.map(({ clientId }) => clientId));
  }
  expect(sizes).toEqual([200, 200, 1]);
  expect(new Set(seen).size).toBe(401);
  const filtered = await exportApplications(systemContext(), { q: marker, grant: "authorization_code" });
  expect(filtered).toMatchObject({ next: expect.any(String) });
  expect(filtered.applications.every(({ grantTypes }) => grantTypes.includes("authorization_code"))).toBe(true);
});

test("owners export their own, with all redirect URIs in their order and no secret", async () => {
  const redirectUris = ["https://b.example/callback", "https://a.example/callback"];
  const clientId = `${marker}-owned`;
  const { clientSecret } = await registerOwned(actors, { clientId, redirectUris });
  const before = await prisma.auditEvent.count({ where: { type: "applications.exported" } });
  const { applications, next } = await exportApplications(actors.owner);
  expect(applications).toMatchObject([{ clientId, redirectUris, disabled: false, lastTokenAt: null }]);
  expect(next).toBeNull();
  expect(JSON.stringify(applications)).not.toContain(clientSecret);
  expect(await prisma.auditEvent.count({ where: { type: "applications.exported" } })).toBeGreaterThan(before);
  const other = await createActors();
  expect((await exportApplications(other.owner, { q: marker })).applications).toEqual([]);
});
