import { expect, test } from "vitest";
import { addSeconds } from "../../ports/context";
import { digest } from "../../wire/digest";
import { buildCode, buildEvent, buildIssued, buildRequest } from "../builders";
import { epoch } from "../defaults";
import {
  type CurrentHarness,
  countTrue,
  hardScopes,
  inParallel,
  seedCode,
  seedFamily,
  seedOwner,
  unconditionally,
} from "./harness";

export function describeCodes(harness: CurrentHarness): void {
  describeIssuing(harness);
  describeRedeeming(harness);
  describeBurning(harness);
}

function describeIssuing(harness: CurrentHarness): void {
  test("a code comes back with every field, not consumed", async () => {
    const { code } = await seedCode(harness(), {
      redirectUri: "com.example.app:/cb?a=%C3%A9",
      redirectUriSent: false,
      scopes: hardScopes,
      codeChallenge: digest("verifier"),
    });
    const found = await harness().elsewhere.codes.find(code.codeHash);
    expect(found).toEqual({ ...code, consumedAt: null, userDisabled: false });
  });

  test("what a code omits comes back as null or empty", async () => {
    const { code } = await seedCode(harness(), { sessionId: null, codeChallenge: null, scopes: [] });
    const found = await harness().stores.codes.find(code.codeHash);
    expect(found).toEqual({ ...code, consumedAt: null, userDisabled: false });
  });

  test("a disabled user's code says so", async () => {
    const [user, client] = [await harness().seed.user({ disabled: true }), await harness().seed.application()];
    const code = buildCode({ applicationId: client.id, userId: user.id });
    await harness().stores.codes.issue(code, unconditionally);
    expect(await harness().stores.codes.find(code.codeHash)).toMatchObject({ userDisabled: true });
  });

  test("two codes can't share a hash", async () => {
    const { code } = await seedCode(harness());
    await expect(harness().stores.codes.issue({ ...code, scopes: ["other"] }, unconditionally)).rejects.toThrow();
    expect(await harness().stores.codes.find(code.codeHash)).toMatchObject({ scopes: code.scopes });
  });

  test("an unknown code is not found, redeemed or invalidated", async () => {
    const owner = await seedOwner(harness());
    const code = buildCode(owner);
    const issued = buildIssued(code);
    const { codes, tokens } = harness().stores;
    expect(await codes.find(code.codeHash)).toBeNull();
    expect(await codes.invalidate(code.codeHash, epoch)).toBe(false);
    expect(await codes.redeem(code.codeHash, issued)).toBe(false);
    expect(await tokens.findAccessToken(issued.accessToken.tokenHash)).toBeNull();
    expect(await tokens.findRefreshToken(issued.refreshToken.tokenHash)).toBeNull();
  });

  test("issueForRequest consumes the request and stores the code, once of 50 times", async () => {
    const owner = await seedOwner(harness());
    const request = buildRequest(owner.client);
    await harness().stores.requests.create(request);
    const codes = Array.from({ length: 50 }, () => buildCode(owner));
    const answers = await inParallel(harness(), 50, (stores, index) =>
      stores.codes.issueForRequest(codes[index] ?? buildCode(owner), request.idHash, unconditionally),
    );
    expect(countTrue(answers)).toBe(1);
    expect(await harness().stores.requests.find(request.idHash)).toBeNull();
    const found = await Promise.all(codes.map((code) => harness().stores.codes.find(code.codeHash)));
    expect(found.map((code) => code !== null)).toEqual(answers);
  });

  test("issueForRequest consumes nothing if the code can't be stored", async () => {
    const { code, client } = await seedCode(harness());
    const request = buildRequest(client);
    await harness().stores.requests.create(request);
    await expect(harness().stores.codes.issueForRequest(code, request.idHash, unconditionally)).rejects.toThrow();
    expect(await harness().stores.requests.find(request.idHash)).toEqual(request);
  });

  test("issueForRequest against discard: one of them consumes, and there is a code only if it was the first", async () => {
    const owner = await seedOwner(harness());
    for (let round = 0; round < 10; round++) {
      const request = buildRequest(owner.client);
      const code = buildCode(owner);
      await harness().stores.requests.create(request);
      const { stores, elsewhere } = harness();
      const [issued, discarded] = await Promise.all([
        stores.codes.issueForRequest(code, request.idHash, unconditionally),
        elsewhere.requests.discard(request.idHash),
      ]);
      expect(countTrue([issued, discarded])).toBe(1);
      expect((await stores.codes.find(code.codeHash)) !== null).toBe(issued);
    }
  });
}

function describeRedeeming(harness: CurrentHarness): void {
  test("redeem consumes the code and stores family, access token and refresh token", async () => {
    const { code } = await seedCode(harness());
    const issued = buildIssued(code);
    const { codes, tokens } = harness().elsewhere;
    expect(await harness().stores.codes.redeem(code.codeHash, issued)).toBe(true);
    expect((await codes.find(code.codeHash))?.consumedAt).toBeInstanceOf(Date);
    expect(await tokens.findAccessToken(issued.accessToken.tokenHash)).toMatchObject(issued.accessToken);
    expect(await tokens.findRefreshToken(issued.refreshToken.tokenHash)).toMatchObject(issued.refreshToken);
  });

  test("redeem without a refresh token stores none", async () => {
    const { code } = await seedCode(harness());
    const { refreshToken, ...issued } = buildIssued(code);
    expect(await harness().stores.codes.redeem(code.codeHash, { ...issued, refreshToken: null })).toBe(true);
    expect(await harness().stores.tokens.findAccessToken(issued.accessToken.tokenHash)).not.toBeNull();
    expect(await harness().stores.tokens.findRefreshToken(refreshToken.tokenHash)).toBeNull();
  });

  test("of 50 parallel redemptions exactly one is answered true, and only its family exists", async () => {
    const { code } = await seedCode(harness());
    const issued = Array.from({ length: 50 }, () => buildIssued(code));
    const answers = await inParallel(harness(), 50, (stores, index) =>
      stores.codes.redeem(code.codeHash, issued[index] ?? buildIssued(code)),
    );
    expect(countTrue(answers)).toBe(1);
    const { tokens } = harness().stores;
    for (const [index, { family, accessToken, refreshToken }] of issued.entries()) {
      const won = answers[index];
      expect((await tokens.findAccessToken(accessToken.tokenHash)) !== null).toBe(won);
      expect((await tokens.findRefreshToken(refreshToken.tokenHash)) !== null).toBe(won);
      expect(await tokens.revokeFamily(family.id, epoch, "authorization_withdrawn", buildEvent())).toBe(won);
    }
  });

  test("a redemption after the first is false and leaves the first one's tokens alone", async () => {
    const { code, accessToken } = await seedFamily(harness());
    expect(await harness().stores.codes.redeem(code.codeHash, buildIssued(code))).toBe(false);
    const found = await harness().stores.tokens.findAccessToken(accessToken.tokenHash);
    expect(found).toMatchObject({ revokedAt: null, familyRevokedAt: null });
  });

  for (const taken of ["accessToken", "refreshToken"] as const) {
    test(`redeem is all or nothing: if the ${taken} can't be stored, the code remains valid`, async () => {
      const other = await seedFamily(harness());
      const { code } = await seedCode(harness());
      const issued = buildIssued(code);
      const failing = { ...issued, [taken]: { ...issued[taken], tokenHash: other[taken].tokenHash } };
      const { codes, tokens } = harness().stores;
      await expect(codes.redeem(code.codeHash, failing)).rejects.toThrow();
      expect(await codes.find(code.codeHash)).toMatchObject({ consumedAt: null });
      expect(await tokens.revokeFamilyOfCode(code.codeHash, epoch, "code_replayed", buildEvent())).toBe(false);
      if (taken === "refreshToken") expect(await tokens.findAccessToken(issued.accessToken.tokenHash)).toBeNull();
      else expect(await tokens.findRefreshToken(issued.refreshToken.tokenHash)).toBeNull();
      expect(await codes.redeem(code.codeHash, issued)).toBe(true);
    });
  }

  test("of 20 parallel replays, one ends the family, whoever redeemed", async () => {
    const { code } = await seedCode(harness());
    const issued = Array.from({ length: 20 }, () => buildIssued(code));
    const revoked = await inParallel(harness(), 20, async (stores, index) => {
      if (await stores.codes.redeem(code.codeHash, issued[index] ?? buildIssued(code))) return false;
      return stores.tokens.revokeFamilyOfCode(code.codeHash, epoch, "code_replayed", buildEvent());
    });
    expect(countTrue(revoked)).toBe(1);
    const hashes = issued.map(({ accessToken }) => accessToken.tokenHash);
    const found = await Promise.all(hashes.map((hash) => harness().stores.tokens.findAccessToken(hash)));
    expect(found.filter((token) => token !== null)).toMatchObject([{ familyRevokedAt: epoch }]);
  });
}

function describeBurning(harness: CurrentHarness): void {
  test("invalidate consumes the code, and it can't be redeemed anymore", async () => {
    const { code } = await seedCode(harness());
    const { codes } = harness().stores;
    const at = addSeconds(code.createdAt, 1.002);
    expect(await codes.invalidate(code.codeHash, at)).toBe(true);
    expect(await codes.find(code.codeHash)).toEqual({ ...code, consumedAt: at, userDisabled: false });
    expect(await codes.redeem(code.codeHash, buildIssued(code))).toBe(false);
    expect(await codes.invalidate(code.codeHash, addSeconds(at, 1))).toBe(false);
    expect(await codes.find(code.codeHash)).toMatchObject({ consumedAt: at });
  });

  test("a redeemed code can't be invalidated", async () => {
    const { code } = await seedFamily(harness());
    expect(await harness().stores.codes.invalidate(code.codeHash, epoch)).toBe(false);
  });

  test("invalidate against redeem: one of them consumes, and there are tokens only if it was redeem", async () => {
    for (let round = 0; round < 10; round++) {
      const { code } = await seedCode(harness());
      const issued = buildIssued(code);
      const { stores, elsewhere } = harness();
      const [redeemed, burnt] = await Promise.all([
        stores.codes.redeem(code.codeHash, issued),
        elsewhere.codes.invalidate(code.codeHash, epoch),
      ]);
      expect(countTrue([redeemed, burnt])).toBe(1);
      expect((await stores.tokens.findAccessToken(issued.accessToken.tokenHash)) !== null).toBe(redeemed);
    }
  });

  test("an invalidated code has no family to revoke, and other codes remain valid", async () => {
    const { code, applicationId, userId } = await seedCode(harness());
    const other = buildCode({ applicationId, userId });
    const { codes, tokens } = harness().stores;
    await codes.issue(other, unconditionally);
    await codes.invalidate(code.codeHash, epoch);
    expect(await tokens.revokeFamilyOfCode(code.codeHash, epoch, "code_replayed", buildEvent())).toBe(false);
    expect(await codes.find(other.codeHash)).toMatchObject({ consumedAt: null });
  });
}
