import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { PostgresClient } from "@/lib/db/postgres";
import { getPrisma } from "@/lib/db/prisma";
import { beginSession, findSession, lockPassword, PasswordChangedError } from "./session-store";
import { createSession } from "./testing/create-session";

const now = new Date("2026-01-01T12:00:00Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const day = 86_400;
const browserId = "this browser";
const origin = { ipAddress: "203.0.113.7", userAgent: "x".repeat(500), browserId };
const userId = randomUUID();
const name = `session-${userId}`;

beforeAll(async () => {
  const data = {
    id: userId,
    username: name,
    usernameKey: name,
    email: `${name}@a.example`,
    emailKey: `${name}@a.example`,
  };
  await getPrisma().user.create({ data });
});

afterAll(async () => {
  await getPrisma().user.delete({ where: { id: userId } });
  await getPrisma().$disconnect();
});

test("a session is created only if the password is still the one that was checked", async () => {
  const { generation } = await getPrisma().userPassword.create({ data: { userId, hash: "the new one" } });
  const begin = (checked: string) =>
    getPrisma().$transaction(async (tx) => {
      await lockPassword(tx, userId, checked);
      return beginSession(tx, { userId, amr: ["pwd"] }, origin, now);
    });
  await expect(begin(randomUUID())).rejects.toThrow(PasswordChangedError);
  const { token } = await begin(generation);
  expect(await findSession(token, browserId, now)).not.toBeNull();
});

describe("a session row", () => {
  test("is found by its token, and by nothing that is stored", async () => {
    const { id, token } = await createSession(userId, origin, now);
    expect(await findSession(token, browserId, now)).toMatchObject({
      id,
      authenticatedAt: now,
      user: { id: userId, username: name },
    });
    const { tokenHash } = await getPrisma().session.findUniqueOrThrow({ where: { id } });
    expect(await findSession(tokenHash, browserId, now)).toBeNull();
    expect(tokenHash).not.toContain(token);
  });

  test("is replaced at each sign-in (ASVS 7.2.4)", async () => {
    const [first, second] = await Promise.all([createSession(userId, origin, now), createSession(userId, origin, now)]);
    expect(first.id).not.toBe(second.id);
    expect(first.token).not.toBe(second.token);
  });

  test("is found by one statement, no matter how often within a minute", async () => {
    const { token } = await createSession(userId, origin, now);
    const queries = vi.spyOn(PostgresClient.prototype, "query");
    await findSession(token, browserId, later(30));
    expect(queries).toHaveBeenCalledTimes(1);
    queries.mockRestore();
  });

  test("ends after two weeks without use, and after thirty days in any case (ASVS 7.3)", async () => {
    const idle = await createSession(userId, origin, now);
    expect(await findSession(idle.token, browserId, later(14 * day))).toBeNull();
    const used = await createSession(userId, origin, now);
    for (const days of [10, 20, 29]) expect(await findSession(used.token, browserId, later(days * day))).not.toBeNull();
    expect(await findSession(used.token, browserId, later(30 * day))).toBeNull();
  });

  test("doesn't count if its user is disabled (ASVS 7.4.2)", async () => {
    const { token } = await createSession(userId, origin, now);
    await getPrisma().user.update({ where: { id: userId }, data: { disabledAt: now } });
    expect(await findSession(token, browserId, now)).toBeNull();
    await getPrisma().user.update({ where: { id: userId }, data: { disabledAt: null } });
    expect(await findSession(token, browserId, now)).not.toBeNull();
  });

  test("belongs to the browser in which it began: its cookie is worthless in another", async () => {
    const { id, token } = await createSession(userId, origin, now);
    expect(await findSession(token, "another browser", now)).toBeNull();
    expect(await findSession(token, "", now)).toBeNull();
    expect(await findSession(token, browserId, now)).not.toBeNull();
    const { browserHash } = await getPrisma().session.findUniqueOrThrow({ where: { id } });
    expect(browserHash).not.toContain(browserId);

    const elsewhere = { ...origin, browserId: "another browser" };
    const proved = { userId, amr: ["pwd", "otp"], previousId: id };
    const again = await getPrisma().$transaction((tx) => beginSession(tx, proved, elsewhere, now));
    expect(again.id).toBe(id);
    expect(await findSession(again.token, browserId, now)).toBeNull();
    expect(await findSession(again.token, "another browser", now)).toMatchObject({ amr: ["pwd", "otp"] });
  });

  test("that is older than this rule belongs to the first browser that presents it", async () => {
    const { id, token } = await createSession(userId, origin, now);
    await getPrisma().session.update({ where: { id }, data: { browserHash: null } });
    const finders = ["one browser", "one browser", "another browser"].map((browser) =>
      findSession(token, browser, now),
    );
    const found = (await Promise.all(finders)).map((session) => session?.id);
    expect([
      [id, id, undefined],
      [undefined, undefined, id],
    ]).toContainEqual(found);
  });
});
