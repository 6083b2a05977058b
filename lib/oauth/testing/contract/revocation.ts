import { expect, test } from "vitest";
import { addSeconds } from "../../ports/context";
import type { AccessToken } from "../../ports/types";
import { digest, randomToken } from "../../wire/digest";
import { buildAccessToken, buildEvent, buildSuccessors } from "../builders";
import { epoch } from "../defaults";
import { type CurrentHarness, countTrue, inParallel, isAnyUsable, type StoreHarness, seedFamily } from "./harness";

const later = addSeconds(epoch, 3600.001);

export function describeRevocation(harness: CurrentHarness): void {
  test("revokeFamily reaches the access tokens and the refresh tokens, and keeps the reason", async () => {
    const { accessToken, refreshToken, family } = await seedFamily(harness());
    const { tokens } = harness().elsewhere;
    expect(await harness().stores.tokens.revokeFamily(family.id, later, "refresh_token_replayed", buildEvent())).toBe(
      true,
    );
    expect(await tokens.findAccessToken(accessToken.tokenHash)).toMatchObject({ familyRevokedAt: later });
    expect(await tokens.findRefreshToken(refreshToken.tokenHash)).toMatchObject({ familyRevokedAt: later });
    expect(await harness().readRevocationReason(family.id)).toBe("refresh_token_replayed");
  });

  test("revokeFamilyOfCode ends the family that the code was redeemed for", async () => {
    const [one, other] = [await seedFamily(harness()), await seedFamily(harness())];
    const { tokens } = harness().stores;
    expect(await tokens.revokeFamilyOfCode(one.code.codeHash, later, "code_replayed", buildEvent())).toBe(true);
    expect(await tokens.findAccessToken(one.accessToken.tokenHash)).toMatchObject({ familyRevokedAt: later });
    expect(await tokens.findAccessToken(other.accessToken.tokenHash)).toMatchObject({ familyRevokedAt: null });
    expect(await harness().readRevocationReason(one.family.id)).toBe("code_replayed");
    expect(await harness().readRevocationReason(other.family.id)).toBeNull();
  });

  test("a revoked family is not revoked again: the first time and reason stay", async () => {
    const { accessToken, family, code } = await seedFamily(harness());
    const { tokens } = harness().stores;
    await tokens.revokeFamily(family.id, epoch, "authorization_withdrawn", buildEvent());
    expect(await tokens.revokeFamily(family.id, later, "refresh_token_replayed", buildEvent())).toBe(false);
    expect(await tokens.revokeFamilyOfCode(code.codeHash, later, "code_replayed", buildEvent())).toBe(false);
    expect(await tokens.findAccessToken(accessToken.tokenHash)).toMatchObject({ familyRevokedAt: epoch });
    expect(await harness().readRevocationReason(family.id)).toBe("authorization_withdrawn");
  });

  test("of 50 parallel revocations exactly one is answered true", async () => {
    const { family, code } = await seedFamily(harness());
    const answers = await inParallel(harness(), 50, ({ tokens }, index) =>
      index % 4 < 2
        ? tokens.revokeFamily(family.id, epoch, "refresh_token_replayed", buildEvent())
        : tokens.revokeFamilyOfCode(code.codeHash, epoch, "code_replayed", buildEvent()),
    );
    expect(countTrue(answers)).toBe(1);
  });

  test("a use after the revocation doesn't bring the family back", async () => {
    const { accessToken, family } = await seedFamily(harness());
    const { tokens } = harness().stores;
    await tokens.revokeFamily(family.id, epoch, "authorization_withdrawn", buildEvent());
    await tokens.recordUse(family.id, later);
    expect(await tokens.findAccessToken(accessToken.tokenHash)).toMatchObject({ familyRevokedAt: epoch });
  });

  test("rotate against revokeFamily: afterwards no token of the family is usable, whoever was first", async () => {
    for (let round = 0; round < 20; round++) {
      const { accessToken, refreshToken, family } = await seedFamily(harness());
      const next = buildSuccessors(family);
      const { stores, elsewhere } = harness();
      const rotate = () => stores.tokens.rotate(refreshToken.tokenHash, next);
      const revoke = () => elsewhere.tokens.revokeFamily(family.id, later, "authorization_withdrawn", buildEvent());
      const answers = await Promise.all(round % 2 === 0 ? [revoke(), rotate()] : [rotate(), revoke()]);
      expect(answers[round % 2]).toBe(true);
      const accessTokenHashes = [accessToken.tokenHash, next.accessToken.tokenHash];
      const refreshTokenHashes = [refreshToken.tokenHash, next.refreshToken.tokenHash];
      expect(await isAnyUsable(harness(), { accessTokenHashes, refreshTokenHashes })).toBe(false);
      expect(await stores.tokens.rotate(next.refreshToken.tokenHash, buildSuccessors(family))).toBe(false);
    }
  });

  test("revokeAccessToken ends a client's own token, and that one only", async () => {
    const [one, other] = [await seedOwnToken(harness()), await seedOwnToken(harness())];
    const { tokens } = harness().stores;
    expect(await tokens.revokeAccessToken(one.tokenHash, later, buildEvent())).toBe(true);
    const found = harness().elsewhere.tokens;
    expect(await found.findAccessToken(one.tokenHash)).toMatchObject({ revokedAt: later });
    expect(await found.findAccessToken(other.tokenHash)).toMatchObject({ revokedAt: null });
    expect(await tokens.revokeAccessToken(one.tokenHash, epoch, buildEvent())).toBe(false);
    expect(await found.findAccessToken(one.tokenHash)).toMatchObject({ revokedAt: later });
  });

  test("revokeAccessToken leaves a family's token and an unknown one alone", async () => {
    const { accessToken } = await seedFamily(harness());
    const { tokens } = harness().stores;
    expect(await tokens.revokeAccessToken(accessToken.tokenHash, later, buildEvent())).toBe(false);
    expect(await tokens.revokeAccessToken(digest(randomToken()), later, buildEvent())).toBe(false);
    expect(await tokens.findAccessToken(accessToken.tokenHash)).toMatchObject({ revokedAt: null });
  });

  test("of 50 parallel revocations of a client's own token exactly one is answered true", async () => {
    const { tokenHash } = await seedOwnToken(harness());
    const answers = await inParallel(harness(), 50, ({ tokens }) =>
      tokens.revokeAccessToken(tokenHash, later, buildEvent()),
    );
    expect(countTrue(answers)).toBe(1);
  });
}

async function seedOwnToken(harness: StoreHarness): Promise<AccessToken> {
  const { id: applicationId } = await harness.seed.application();
  const token = buildAccessToken({ applicationId });
  await harness.stores.tokens.issue(token);
  return token;
}
