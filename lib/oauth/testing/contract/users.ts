import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { type CurrentHarness, inParallel } from "./harness";

export function describeUsers(harness: CurrentHarness): void {
  test("a user is known at least by their username; another ID finds nobody", async () => {
    const { seed, stores } = harness();
    const user = await seed.user();
    expect(await stores.users.findClaims(user.id)).toMatchObject({ preferred_username: user.username });
    expect(await stores.users.findClaims(randomUUID())).toBeNull();
  });

  test("unknown values are absent, never null", async () => {
    const { seed, stores } = harness();
    const claims = await stores.users.findClaims((await seed.user()).id);
    expect(Object.values(claims ?? { none: null })).not.toContain(null);
    expect(claims).not.toHaveProperty("address");
    expect(claims).not.toHaveProperty("phone_number_verified");
  });
}

export function describeSubjects(harness: CurrentHarness): void {
  test("one subject for a user in a sector, others in other sectors and for other users", async () => {
    const { seed, stores, elsewhere } = harness();
    const [user, other] = [await seed.user(), await seed.user()];
    const [sector, otherSector] = [`${randomUUID()}.example`, `${randomUUID()}.example`];
    const subject = await stores.subjects.findOrCreate(user.id, sector);
    expect(await elsewhere.subjects.findOrCreate(user.id, sector)).toBe(subject);
    const others = [
      await stores.subjects.findOrCreate(user.id, otherSector),
      await stores.subjects.findOrCreate(other.id, sector),
    ];
    expect(new Set([subject, user.id, ...others]).size).toBe(4);
  });

  test("a subject leads back to its user, only in its own sector", async () => {
    const { seed, stores, elsewhere } = harness();
    const user = await seed.user();
    const sector = `${randomUUID()}.example`;
    const subject = await stores.subjects.findOrCreate(user.id, sector);
    expect(await elsewhere.subjects.findUser(subject, sector)).toBe(user.id);
    expect(await stores.subjects.findUser(subject, `other.${sector}`)).toBeNull();
    expect(await stores.subjects.findUser(user.id, sector)).toBeNull();
    expect(await stores.subjects.findUser("no uuid", sector)).toBeNull();
  });

  test("a public subject is the ID, or the imported one, and leads back", async () => {
    const { seed, stores, elsewhere } = harness();
    const [user, brought] = [await seed.user(), await seed.user({ subject: `CN=${randomUUID()},O="\\'` })];
    expect(await stores.subjects.findPublic(user.id)).toBe(user.id);
    expect(await stores.subjects.findUserByPublic(user.id)).toBe(user.id);
    const { subject = "" } = brought;
    expect(await elsewhere.subjects.findPublic(brought.id)).toBe(subject);
    expect(await elsewhere.subjects.findUserByPublic(subject)).toBe(brought.id);
    for (const other of [brought.id, subject.toUpperCase(), `${subject} `, "", randomUUID()]) {
      expect(await stores.subjects.findUserByPublic(other), other).toBeNull();
    }
    await expect(stores.subjects.findPublic(randomUUID())).rejects.toThrow();
  });

  test.each(["", "a b", "Zoë", "x".repeat(256)])("OpenID Connect Core §2: %j is no subject", async (subject) => {
    await expect(harness().seed.user({ subject })).rejects.toThrow();
  });

  test("RFC 9700 §4.15: neither a public nor a pairwise subject becomes a client ID, nor the reverse", async () => {
    const { seed, stores } = harness();
    const [user, brought] = [await seed.user(), await seed.user({ subject: `brought-${randomUUID()}` })];
    const pairwise = await stores.subjects.findOrCreate(user.id, `${randomUUID()}.example`);
    for (const clientId of [user.id, brought.subject ?? "", pairwise]) {
      await expect(seed.application({ clientId }), clientId).rejects.toThrow();
    }
    const { clientId } = await seed.application();
    await expect(seed.user({ subject: clientId })).rejects.toThrow();
  });

  test("RFC 9700 §4.15: of a client ID and a subject with the same value, only one can be created, with any number of calls", async () => {
    const { seed } = harness();
    for (let round = 0; round < 5; round++) {
      const name = `same-${randomUUID()}`;
      const asked = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) =>
          index % 2 === 0 ? seed.application({ clientId: name }) : seed.user({ subject: name }),
        ),
      );
      expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    }
  });

  test("parallel first calls get the same answer", async () => {
    const user = await harness().seed.user();
    const sector = `${randomUUID()}.example`;
    const subjects = await inParallel(harness(), 12, (stores) => stores.subjects.findOrCreate(user.id, sector));
    expect(new Set(subjects).size).toBe(1);
  });
}
