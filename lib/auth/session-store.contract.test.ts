import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { createSession, endSession, findSession, PasswordChangedError } from "./session-store";

const now = new Date("2026-01-01T12:00:00Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const day = 86_400;
const origin = { ipAddress: "203.0.113.7", userAgent: "x".repeat(500) };
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

test("a session is made only while the password is the one that was checked", async () => {
  const { generation } = await getPrisma().userPassword.create({ data: { userId, hash: "the new one" } });
  await expect(createSession(userId, origin, now, randomUUID())).rejects.toThrow(PasswordChangedError);
  const { token } = await createSession(userId, origin, now, generation);
  expect(await findSession(token, now)).not.toBeNull();
});

describe("a session row", () => {
  test("is found by its token, and by nothing that is stored", async () => {
    const { id, token } = await createSession(userId, origin, now);
    expect(await findSession(token, now)).toMatchObject({
      id,
      authenticatedAt: now,
      user: { id: userId, username: name },
    });
    const { tokenHash } = await getPrisma().session.findUniqueOrThrow({ where: { id } });
    expect(await findSession(tokenHash, now)).toBeNull();
    expect(tokenHash).not.toContain(token);
  });

  test("each sign-in makes another (ASVS 7.2.4)", async () => {
    const [first, second] = await Promise.all([createSession(userId, origin, now), createSession(userId, origin, now)]);
    expect(first.id).not.toBe(second.id);
    expect(first.token).not.toBe(second.token);
  });

  test("ended on the server, it is gone for whoever holds the cookie (ASVS 7.4.1)", async () => {
    const { id, token } = await createSession(userId, origin, now);
    await endSession(id, now);
    expect(await findSession(token, now)).toBeNull();
  });

  test("ends after two weeks without use, and after thirty days in any case (ASVS 7.3)", async () => {
    const idle = await createSession(userId, origin, now);
    expect(await findSession(idle.token, later(14 * day))).toBeNull();
    const used = await createSession(userId, origin, now);
    for (const days of [10, 20, 29]) expect(await findSession(used.token, later(days * day))).not.toBeNull();
    expect(await findSession(used.token, later(30 * day))).toBeNull();
  });

  test("of a disabled person is no session (ASVS 7.4.2)", async () => {
    const { token } = await createSession(userId, origin, now);
    await getPrisma().user.update({ where: { id: userId }, data: { disabledAt: now } });
    expect(await findSession(token, now)).toBeNull();
    await getPrisma().user.update({ where: { id: userId }, data: { disabledAt: null } });
    expect(await findSession(token, now)).not.toBeNull();
  });
});
