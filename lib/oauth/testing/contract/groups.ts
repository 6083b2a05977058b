import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { buildCode, buildIssued } from "../builders";
import type { StoredClient } from "../memory/memory";
import { type CurrentHarness, type StoreHarness, seedFamily, unconditionally } from "./harness";

/** What a group of this test alone is called. */
const nameOf = (name: string, run: string) => `${name} ${run}`;

async function readAccess({ stores }: StoreHarness, hashes: { access: string; refresh: string }) {
  const [access, refresh] = await Promise.all([
    stores.tokens.findAccessToken(hashes.access),
    stores.tokens.findRefreshToken(hashes.refresh),
  ]);
  return [access?.accessEnded, refresh?.accessEnded];
}

async function seedTokens(harness: StoreHarness, values: Partial<StoredClient>) {
  const [user, client] = [await harness.seed.user(), await harness.seed.application(values)];
  const code = buildCode({ applicationId: client.id, userId: user.id });
  await harness.stores.codes.issue(code, unconditionally);
  const issued = buildIssued(code);
  await harness.stores.codes.redeem(code.codeHash, issued);
  return { user, client, hashes: { access: issued.accessToken.tokenHash, refresh: issued.refreshToken.tokenHash } };
}

export function describeGroups(harness: CurrentHarness): void {
  test("names in alphabetical order, and no more than asked for", async () => {
    const { seed, stores, elsewhere } = harness();
    const [user, run] = [await seed.user(), randomUUID()];
    const names = ["billing", "admins", "staff"].map((name) => nameOf(name, run));
    await seed.groups(user.id, names);
    expect(await stores.groups.listNames(user.id, 10)).toEqual(names.toSorted());
    expect(await elsewhere.groups.listNames(user.id, 2)).toEqual(names.toSorted().slice(0, 2));
    expect(await stores.groups.listNames(randomUUID(), 10)).toEqual([]);
  });

  test("a user of one of the chosen groups is chosen, nobody else, and for no other application", async () => {
    const { seed, stores, elsewhere } = harness();
    const [member, outsider, run] = [await seed.user(), await seed.user(), randomUUID()];
    const [client, other] = [await seed.application(), await seed.application()];
    const [staff, guests] = [nameOf("staff", run), nameOf("guests", run)];
    await seed.groups(member.id, [staff]);
    await seed.groups(outsider.id, [guests]);
    expect(await stores.groups.isChosen(member.id, client.id)).toBe(false);
    await seed.chosenGroups(client.id, [staff]);
    expect(await elsewhere.groups.isChosen(member.id, client.id)).toBe(true);
    expect(await stores.groups.isChosen(outsider.id, client.id)).toBe(false);
    expect(await stores.groups.isChosen(member.id, other.id)).toBe(false);
    await seed.groups(member.id, []);
    expect(await stores.groups.isChosen(member.id, client.id)).toBe(false);
  });

  test("tokens tell whether their user may still use a restricted application", async () => {
    const { seed } = harness();
    const staff = nameOf("staff", randomUUID());
    const { user, client, hashes } = await seedTokens(harness(), { accessRestricted: true });
    expect(await readAccess(harness(), hashes)).toEqual([true, true]);
    await seed.groups(user.id, [staff]);
    await seed.chosenGroups(client.id, [staff]);
    expect(await readAccess(harness(), hashes)).toEqual([false, false]);
    await seed.groups(user.id, []);
    expect(await readAccess(harness(), hashes)).toEqual([true, true]);
  });

  test("an application that is open to everyone asks for no group", async () => {
    const { accessToken, refreshToken } = await seedFamily(harness());
    const hashes = { access: accessToken.tokenHash, refresh: refreshToken.tokenHash };
    expect(await readAccess(harness(), hashes)).toEqual([false, false]);
  });
}
