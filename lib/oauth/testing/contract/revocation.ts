import { expect, test } from "vitest";
import { addSeconds } from "../../context";
import { buildSuccessors, epoch } from "../builders";
import { type CurrentHarness, countTrue, inParallel, isAnyUsable, seedFamily } from "./harness";

const later = addSeconds(epoch, 3600.001);

export function describeRevocation(harness: CurrentHarness): void {
  test("revokeFamily reaches the access tokens and the refresh tokens, and keeps the reason", async () => {
    const { accessToken, refreshToken, family } = await seedFamily(harness());
    const { tokens } = harness().elsewhere;
    expect(await harness().stores.tokens.revokeFamily(family.id, later, "refresh_token_replayed")).toBe(true);
    expect(await tokens.findAccessToken(accessToken.tokenHash)).toMatchObject({ familyRevokedAt: later });
    expect(await tokens.findRefreshToken(refreshToken.tokenHash)).toMatchObject({ familyRevokedAt: later });
    expect(await harness().readRevocationReason(family.id)).toBe("refresh_token_replayed");
  });

  test("revokeFamilyOfCode ends the family that the code was redeemed for", async () => {
    const [one, other] = [await seedFamily(harness()), await seedFamily(harness())];
    const { tokens } = harness().stores;
    expect(await tokens.revokeFamilyOfCode(one.code.codeHash, later, "code_replayed")).toBe(true);
    expect(await tokens.findAccessToken(one.accessToken.tokenHash)).toMatchObject({ familyRevokedAt: later });
    expect(await tokens.findAccessToken(other.accessToken.tokenHash)).toMatchObject({ familyRevokedAt: null });
    expect(await harness().readRevocationReason(one.family.id)).toBe("code_replayed");
    expect(await harness().readRevocationReason(other.family.id)).toBeNull();
  });

  test("a revoked family is not revoked again: the first time and reason stay", async () => {
    const { accessToken, family, code } = await seedFamily(harness());
    const { tokens } = harness().stores;
    await tokens.revokeFamily(family.id, epoch, "authorization_withdrawn");
    expect(await tokens.revokeFamily(family.id, later, "refresh_token_replayed")).toBe(false);
    expect(await tokens.revokeFamilyOfCode(code.codeHash, later, "code_replayed")).toBe(false);
    expect(await tokens.findAccessToken(accessToken.tokenHash)).toMatchObject({ familyRevokedAt: epoch });
    expect(await harness().readRevocationReason(family.id)).toBe("authorization_withdrawn");
  });

  test("of 50 parallel revocations exactly one is answered true", async () => {
    const { family, code } = await seedFamily(harness());
    const answers = await inParallel(harness(), 50, ({ tokens }, index) =>
      index % 4 < 2
        ? tokens.revokeFamily(family.id, epoch, "refresh_token_replayed")
        : tokens.revokeFamilyOfCode(code.codeHash, epoch, "code_replayed"),
    );
    expect(countTrue(answers)).toBe(1);
  });

  test("a use after the revocation doesn't bring the family back", async () => {
    const { accessToken, family } = await seedFamily(harness());
    const { tokens } = harness().stores;
    await tokens.revokeFamily(family.id, epoch, "authorization_withdrawn");
    await tokens.recordUse(family.id, later);
    expect(await tokens.findAccessToken(accessToken.tokenHash)).toMatchObject({ familyRevokedAt: epoch });
  });

  test("rotate against revokeFamily: afterwards no token of the family is usable, whoever was first", async () => {
    for (let round = 0; round < 20; round++) {
      const { accessToken, refreshToken, family } = await seedFamily(harness());
      const next = buildSuccessors(family);
      const { stores, elsewhere } = harness();
      const rotate = () => stores.tokens.rotate(refreshToken.tokenHash, next);
      const revoke = () => elsewhere.tokens.revokeFamily(family.id, later, "authorization_withdrawn");
      const answers = await Promise.all(round % 2 === 0 ? [revoke(), rotate()] : [rotate(), revoke()]);
      expect(answers[round % 2]).toBe(true);
      const accessTokenHashes = [accessToken.tokenHash, next.accessToken.tokenHash];
      const refreshTokenHashes = [refreshToken.tokenHash, next.refreshToken.tokenHash];
      expect(await isAnyUsable(harness(), { accessTokenHashes, refreshTokenHashes })).toBe(false);
      expect(await stores.tokens.rotate(next.refreshToken.tokenHash, buildSuccessors(family))).toBe(false);
    }
  });
}
