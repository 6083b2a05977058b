import { expect, test } from "vitest";
import { addSeconds } from "../../ports/context";
import { digest, randomToken } from "../../wire/digest";
import { buildAccessToken, buildEvent, buildSuccessors } from "../builders";
import { epoch } from "../defaults";
import { type CurrentHarness, countTrue, inParallel, seedFamily } from "./harness";

/** A refresh token that stays where it is (FAPI 2.0 Security Profile §5.3.2.1 no. 9). */
export function describeRenewal(harness: CurrentHarness): void {
  const seed = async () => {
    const seeded = await seedFamily(harness());
    const { applicationId, family } = seeded;
    const expiresAt = addSeconds(family.expiresAt, -60);
    const createRenewal = () => ({ accessToken: buildAccessToken({ applicationId, family }), expiresAt });
    return { ...seeded, expiresAt, createRenewal, hash: seeded.refreshToken.tokenHash };
  };

  test("renew stores the access token beside the others and moves the expiry, and the token can be used again", async () => {
    const { hash, accessToken, expiresAt, createRenewal, refreshToken } = await seed();
    const { stores, elsewhere } = harness();
    const renewals = [createRenewal(), createRenewal()];
    for (const renewal of renewals) expect(await stores.tokens.renew(hash, renewal)).toBe(true);
    for (const token of [accessToken, ...renewals.map((renewal) => renewal.accessToken)]) {
      expect(await elsewhere.tokens.findAccessToken(token.tokenHash)).toMatchObject({ ...token, revokedAt: null });
    }
    const kept = { ...refreshToken, expiresAt, rotatedAt: null, sealedSuccessor: null };
    expect(await elsewhere.tokens.findRefreshToken(hash)).toMatchObject(kept);
  });

  test("renew counts as a use of the family, and never moves the expiry back", async () => {
    const { hash, createRenewal, expiresAt, applicationId, family } = await seed();
    const { tokens } = harness().stores;
    await tokens.renew(hash, createRenewal());
    const later = addSeconds(epoch, 3600.001);
    const accessToken = buildAccessToken({ applicationId, family }, { createdAt: later });
    await tokens.renew(hash, { accessToken, expiresAt: later });
    expect(await tokens.findRefreshToken(hash)).toMatchObject({ expiresAt });
    expect(await tokens.findAccessToken(accessToken.tokenHash)).toMatchObject({ familyLastUsedAt: later });
  });

  test("of 50 parallel renewals each is answered true, and its access token exists", async () => {
    const { hash, createRenewal } = await seed();
    const renewals = Array.from({ length: 50 }, createRenewal);
    const answers = await inParallel(harness(), 50, ({ tokens }, index) =>
      tokens.renew(hash, renewals[index] ?? createRenewal()),
    );
    expect(countTrue(answers)).toBe(50);
    const { tokens } = harness().stores;
    for (const { accessToken } of renewals) expect(await tokens.findAccessToken(accessToken.tokenHash)).not.toBeNull();
  });

  test("an unknown or rotated token, or one of a revoked family, is not renewed and yields nothing", async () => {
    const { tokens } = harness().stores;
    const [unknown, rotated, revoked] = [await seed(), await seed(), await seed()];
    await tokens.rotate(rotated.hash, buildSuccessors(rotated.family));
    await tokens.revokeFamily(revoked.family.id, epoch, "token_revoked", buildEvent());
    for (const { hash, createRenewal } of [{ ...unknown, hash: digest(randomToken()) }, rotated, revoked]) {
      const renewal = createRenewal();
      expect(await tokens.renew(hash, renewal)).toBe(false);
      expect(await tokens.findAccessToken(renewal.accessToken.tokenHash)).toBeNull();
    }
  });

  test("renew is all or nothing: if the access token can't be stored, the expiry stays unchanged", async () => {
    const [one, other] = [await seed(), await seed()];
    const { tokens } = harness().stores;
    const renewal = one.createRenewal();
    const failing = { ...renewal, accessToken: { ...renewal.accessToken, tokenHash: other.accessToken.tokenHash } };
    await expect(tokens.renew(one.hash, failing)).rejects.toThrow();
    expect(await tokens.findRefreshToken(one.hash)).toMatchObject({ expiresAt: one.refreshToken.expiresAt });
  });
}
