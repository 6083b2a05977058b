import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { systemContext } from "../context";
import { ValidationError } from "../errors";
import { exportInitialAccessTokens } from "./export-initial-access-tokens";
import { initialAccessTokenStatuses, listInitialAccessTokens } from "./list-initial-access-tokens";
import { describeTokenRevocation, revokeInitialAccessTokens } from "./revoke-initial-access-tokens";

const context = systemContext();
const prisma = getPrisma();
const suffix = randomUUID().replaceAll("-", "");
const labelOf = (name: string) => `${name} ${suffix}`;
const day = 86_400_000;

async function create(name: string, changes: object = {}): Promise<string> {
  const data = {
    tokenHash: `${name} ${suffix}`,
    label: labelOf(name),
    maximumUses: 5,
    uses: 2,
    expiresAt: new Date(Date.now() + day),
    ...changes,
  };
  return (await prisma.initialAccessToken.create({ data, select: { id: true } })).id;
}

const ids: Record<string, string> = {};

beforeAll(async () => {
  const past = new Date(Date.now() - day);
  ids.active = await create("Active", { lastUsedAt: past });
  ids.used_up = await create("Used up", { uses: 5 });
  ids.expired = await create("expired", { expiresAt: past });
  ids.revoked = await create("Revoked", { revokedAt: past });
});

afterAll(async () => {
  await prisma.initialAccessToken.deleteMany({ where: { label: { endsWith: suffix } } });
  await prisma.$disconnect();
});

describe("the list of initial access tokens", () => {
  test.each(initialAccessTokenStatuses)("is limited to those that are %s, as each of them says", async (status) => {
    const { tokens, count } = await listInitialAccessTokens(context, { q: suffix, status });
    expect(tokens.map((token) => [token.id, token.status])).toEqual([[ids[status], status]]);
    expect(count).toEqual({ value: 1, exact: true });
  });

  test("is in order of labels, ends and last uses, the newest first if nothing is asked for", async () => {
    const find = async (sort?: "label" | "-expires" | "-last_used") =>
      (await listInitialAccessTokens(context, { q: suffix, sort })).tokens.map(({ label }) => label.split(" ")[0]);
    expect(await find()).toEqual(["Revoked", "expired", "Used", "Active"]);
    expect(await find("label")).toEqual(["Active", "expired", "Revoked", "Used"]);
    expect((await find("-expires")).at(-1)).toBe("expired");
    expect((await find("-last_used"))[0]).toBe("Active");
  });

  test("is searched in labels, in the middle of a word", async () => {
    const { tokens } = await listInitialAccessTokens(context, { q: `xpire ${suffix}` });
    expect(tokens.map(({ id }) => id)).toEqual([ids.expired]);
  });
});

describe("revoking those that were selected", () => {
  test("ends what can still be used, with an event for each, and leaves the others alone", async () => {
    const others = ["used_up", "expired", "revoked"].map((name) => ids[name] ?? "");
    const [one, two] = [await create("One"), await create("Two", { maximumUses: 10 })];
    const selected = { ids: [one, two, ...others, "no id", randomUUID()] };
    const before = await prisma.initialAccessToken.findMany({ where: { id: { in: others } }, orderBy: { id: "asc" } });
    expect(await describeTokenRevocation(context, selected)).toEqual({
      tokens: [
        { id: one, label: labelOf("One") },
        { id: two, label: labelOf("Two") },
      ],
      registrations: 3 + 8,
      others: 5,
    });
    expect(await revokeInitialAccessTokens(context, selected)).toEqual({ revoked: 2 });
    expect(await revokeInitialAccessTokens(context, selected)).toEqual({ revoked: 0 });
    const after = await prisma.initialAccessToken.findMany({ where: { id: { in: others } }, orderBy: { id: "asc" } });
    expect(after).toEqual(before);
    for (const [id, name] of [
      [one, "One"],
      [two, "Two"],
    ] as const) {
      const where = { type: "initial_access_token.revoked", details: { path: ["tokenId"], equals: id } };
      const events = await prisma.auditEvent.findMany({ where });
      expect(events.map(({ details }) => details)).toEqual([{ tokenId: id, label: labelOf(name) }]);
    }
  });

  test("takes so many at once and no more", async () => {
    for (const count of [0, 201]) {
      const selected = { ids: Array.from({ length: count }, () => randomUUID()) };
      await expect(revokeInitialAccessTokens(context, selected)).rejects.toThrow(ValidationError);
    }
  });
});

test("the export has what is known of the tokens, no hash, and is recorded", async () => {
  const { tokens } = await exportInitialAccessTokens(context);
  const found = tokens.filter(({ label }) => label.endsWith(suffix));
  expect(found.find(({ id }) => id === ids.active)).toMatchObject({ status: "active", uses: 2, maximumUses: 5 });
  expect(JSON.stringify(found)).not.toContain("okenHash");
  const event = await prisma.auditEvent.findFirstOrThrow({
    where: { type: "initial_access_tokens.exported" },
    orderBy: { id: "desc" },
  });
  expect(event.details).toEqual({ count: expect.any(Number) });
});
