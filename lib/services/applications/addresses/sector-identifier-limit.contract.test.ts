import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { currentSettings } from "@/lib/current-settings";
import { getPrisma } from "@/lib/db/prisma";
import { type ServiceContext, userActor } from "../../context";
import { checkSectorIdentifier } from "./check-sector-identifier";

afterAll(() => getPrisma().$disconnect());

test("one user's forms can cause a limited number of fetches of sector identifiers per minute, others may continue", async () => {
  const redirectUris = ["https://a.example/cb"];
  const sector = { sectorIdentifierUri: "https://a.example/sector.json", redirectUris };
  const at = { now: new Date() };
  let fetches = 0;
  const fetchList = async () => {
    fetches += 1;
    return redirectUris;
  };
  const checkAs = (id: string) => {
    const actor = userActor({ id, portalRole: null });
    const context: ServiceContext = { actor, now: () => at.now, settings: currentSettings() };
    return checkSectorIdentifier(context, sector, fetchList);
  };
  const [one, other] = [randomUUID(), randomUUID()];
  const attempts = await Promise.allSettled(Array.from({ length: 25 }, () => checkAs(one)));
  const refusals = attempts.flatMap((attempt) => (attempt.status === "rejected" ? [attempt.reason] : []));
  expect([fetches, refusals.length]).toEqual([20, 5]);
  expect(refusals[0]).toMatchObject({
    fieldErrors: { sectorIdentifierUri: [expect.stringContaining("Try again in")] },
  });
  await checkAs(other);
  at.now = new Date(at.now.getTime() + 60_000);
  await checkAs(one);
  expect(fetches).toBe(22);
});
