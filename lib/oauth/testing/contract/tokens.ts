import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { addSeconds } from "../../ports/context";
import { digest, randomToken } from "../../wire/digest";
import { buildAccessToken, buildCode, buildEvent, buildIssued, buildSuccessors } from "../builders";
import { epoch } from "../defaults";
import {
  type CurrentHarness,
  countTrue,
  hardScopes,
  hardText,
  inParallel,
  seedFamily,
  seedOwner,
  unconditionally,
} from "./harness";

const later = addSeconds(epoch, 3600.001);

export function describeTokens(harness: CurrentHarness): void {
  describeFinding(harness);
  describeRotating(harness);
}

function describeFinding(harness: CurrentHarness): void {
  test("unknown tokens and families are not found, rotated or revoked", async () => {
    const { family } = await seedFamily(harness());
    const { tokens } = harness().stores;
    const unknown = digest(randomToken());
    expect(await tokens.findAccessToken(unknown)).toBeNull();
    expect(await tokens.findRefreshToken(unknown)).toBeNull();
    expect(await tokens.rotate(unknown, buildSuccessors(family))).toBe(false);
    expect(await tokens.revokeFamily(randomUUID(), epoch, "authorization_withdrawn", buildEvent())).toBe(false);
    expect(await tokens.revokeFamilyOfCode(unknown, epoch, "code_replayed", buildEvent())).toBe(false);
    await expect(tokens.recordUse(randomUUID(), epoch)).resolves.toBeUndefined();
  });

  test("a session uses an application from its first tokens on, until they are revoked as a whole", async () => {
    const { family, client } = await seedFamily(harness());
    const { tokens, consents } = harness().stores;
    const sessionId = family.sessionId ?? "";
    expect(await harness().elsewhere.consents.isUsedInSession(sessionId, client.id)).toBe(true);
    expect(await consents.isUsedInSession(randomUUID(), client.id)).toBe(false);
    expect(await consents.isUsedInSession(sessionId, randomUUID())).toBe(false);
    await tokens.revokeFamily(family.id, epoch, "authorization_withdrawn", buildEvent());
    expect(await consents.isUsedInSession(sessionId, client.id)).toBe(false);
  });

  test("a client's own token comes back with its application and without a user", async () => {
    const client = await harness().seed.application({ name: hardText });
    const token = buildAccessToken({ applicationId: client.id }, { scopes: hardScopes });
    await harness().stores.tokens.issue(token);
    expect(await harness().elsewhere.tokens.findAccessToken(token.tokenHash)).toEqual({
      ...token,
      revokedAt: null,
      clientId: client.clientId,
      applicationName: hardText,
      applicationDisabled: false,
      securityProfile: null,
      subjectType: "public",
      username: null,
      subject: null,
      userDisabled: false,
      accessEnded: false,
      familyRevokedAt: null,
      familyLastUsedAt: null,
      familyClaims: null,
    });
  });

  test("a user's token comes back with application, user and family", async () => {
    const { accessToken, family, client, user } = await seedFamily(harness());
    const found = await harness().elsewhere.tokens.findAccessToken(accessToken.tokenHash);
    expect(found).toEqual({
      ...accessToken,
      revokedAt: null,
      clientId: client.clientId,
      applicationName: client.name,
      applicationDisabled: false,
      securityProfile: null,
      subjectType: "public",
      username: user.username,
      subject: user.id,
      userDisabled: false,
      accessEnded: false,
      familyRevokedAt: null,
      familyLastUsedAt: found?.familyLastUsedAt,
      familyClaims: family.claims,
    });
  });

  test("a refresh token comes back with its family", async () => {
    const { refreshToken, family, client, user } = await seedFamily(harness());
    const found = await harness().elsewhere.tokens.findRefreshToken(refreshToken.tokenHash);
    expect(found).toEqual({
      ...refreshToken,
      rotatedAt: null,
      sealedSuccessor: null,
      applicationId: family.applicationId,
      clientId: client.clientId,
      subjectType: "public",
      applicationDisabled: false,
      userId: family.userId,
      username: user.username,
      subject: user.id,
      userDisabled: false,
      accessEnded: false,
      resources: family.resources,
      dpopJkt: family.dpopJkt,
      familyExpiresAt: family.expiresAt,
      familyRevokedAt: null,
      sessionId: family.sessionId,
      endsWithSession: family.endsWithSession,
      sessionEnded: found?.sessionEnded,
      nonce: family.nonce,
      claims: family.claims,
      authenticatedAt: family.authenticatedAt,
      amr: family.amr,
    });
  });

  test("empty scopes come back empty", async () => {
    const { applicationId } = await seedOwner(harness());
    const token = buildAccessToken({ applicationId }, { scopes: [] });
    await harness().stores.tokens.issue(token);
    expect(await harness().stores.tokens.findAccessToken(token.tokenHash)).toMatchObject({ scopes: [] });
  });

  test("two tokens can't share a hash", async () => {
    const { accessToken } = await seedFamily(harness());
    const twin = { ...accessToken, userId: null, familyId: null };
    await expect(harness().stores.tokens.issue(twin)).rejects.toThrow();
    const found = await harness().stores.tokens.findAccessToken(accessToken.tokenHash);
    expect(found).toMatchObject({ familyId: accessToken.familyId });
  });

  test("tokens of a disabled user or application say so", async () => {
    const { stores, seed } = harness();
    for (const disabled of [true, false]) {
      const user = await seed.user({ disabled });
      const client = await seed.application({ disabled: !disabled });
      const code = buildCode({ applicationId: client.id, userId: user.id });
      const { accessToken, refreshToken, family } = buildIssued(code);
      await stores.codes.issue(code, unconditionally);
      await stores.codes.redeem(code.codeHash, { accessToken, refreshToken, family, joinsSession: false });
      const flags = { userDisabled: disabled, applicationDisabled: !disabled };
      expect(await stores.tokens.findAccessToken(accessToken.tokenHash)).toMatchObject(flags);
      expect(await stores.tokens.findRefreshToken(refreshToken.tokenHash)).toMatchObject({ userDisabled: disabled });
    }
  });

  test("recordUse records the time on that family only", async () => {
    const [used, other] = [await seedFamily(harness()), await seedFamily(harness())];
    const { tokens } = harness().stores;
    const before = await tokens.findAccessToken(other.accessToken.tokenHash);
    await tokens.recordUse(used.family.id, later);
    expect(await tokens.findAccessToken(used.accessToken.tokenHash)).toMatchObject({ familyLastUsedAt: later });
    expect(await tokens.findAccessToken(other.accessToken.tokenHash)).toEqual(before);
  });
}

function describeRotating(harness: CurrentHarness): void {
  test("rotate marks the token, revokes the family's earlier access tokens and stores the successors", async () => {
    const { refreshToken, accessToken, family } = await seedFamily(harness());
    const next = buildSuccessors(family);
    const { tokens } = harness().elsewhere;
    expect(await harness().stores.tokens.rotate(refreshToken.tokenHash, next)).toBe(true);
    expect((await tokens.findRefreshToken(refreshToken.tokenHash))?.rotatedAt).toBeInstanceOf(Date);
    const superseded = { revokedAt: next.refreshToken.createdAt, familyId: family.id };
    expect(await tokens.findAccessToken(accessToken.tokenHash)).toMatchObject(superseded);
    expect(await tokens.findAccessToken(next.accessToken.tokenHash)).toMatchObject(next.accessToken);
    const successor = await tokens.findRefreshToken(next.refreshToken.tokenHash);
    expect(successor).toMatchObject({ ...next.refreshToken, rotatedAt: null, familyExpiresAt: family.expiresAt });
  });

  test("rotate stores the sealed answer for the token that it replaced, if there is one", async () => {
    const { refreshToken, family } = await seedFamily(harness());
    const { tokens } = harness().stores;
    const next = buildSuccessors(family);
    await tokens.rotate(refreshToken.tokenHash, { ...next, sealed: { ...next.sealed, text: "the answer" } });
    await tokens.rotate(next.refreshToken.tokenHash, { ...buildSuccessors(family), sealed: null });
    const { elsewhere } = harness();
    expect(await elsewhere.tokens.findRefreshToken(refreshToken.tokenHash)).toMatchObject({
      sealedSuccessor: "the answer",
    });
    expect(await elsewhere.tokens.findRefreshToken(next.refreshToken.tokenHash)).toMatchObject({
      sealedSuccessor: null,
    });
  });

  test("RFC 8707: rotate revokes the access tokens for the same audience, and leaves those for another", async () => {
    const { refreshToken, accessToken, family } = await seedFamily(harness());
    const { tokens } = harness().stores;
    const audience = ["https://api.example/b", "https://api.example/a"];
    const [first, second] = [buildSuccessors(family), buildSuccessors(family)];
    first.accessToken.audience = audience;
    second.accessToken.audience = audience;
    await tokens.rotate(refreshToken.tokenHash, first);
    expect(await tokens.findAccessToken(accessToken.tokenHash)).toMatchObject({ revokedAt: null });
    expect(await tokens.findAccessToken(first.accessToken.tokenHash)).toMatchObject({ audience });
    await tokens.rotate(first.refreshToken.tokenHash, second);
    expect(await tokens.findAccessToken(accessToken.tokenHash)).toMatchObject({ revokedAt: null });
    expect(await tokens.findAccessToken(first.accessToken.tokenHash)).toMatchObject({ revokedAt: expect.any(Date) });
  });

  test("a token's restrictions come back with it: audience, key and jti", async () => {
    const { applicationId } = await seedOwner(harness());
    const token = buildAccessToken({ applicationId }, { audience: ["urn:a", hardText], dpopJkt: "a thumbprint" });
    await harness().stores.tokens.issue(token);
    expect(await harness().elsewhere.tokens.findAccessToken(token.tokenHash)).toMatchObject(token);
  });

  test("rotate leaves other families and the client's own tokens alone", async () => {
    const [one, other] = [await seedFamily(harness()), await seedFamily(harness())];
    const own = buildAccessToken({ applicationId: one.applicationId });
    const { tokens } = harness().stores;
    await tokens.issue(own);
    await tokens.rotate(one.refreshToken.tokenHash, buildSuccessors(one.family));
    expect(await tokens.findAccessToken(own.tokenHash)).not.toBeNull();
    expect(await tokens.findAccessToken(other.accessToken.tokenHash)).not.toBeNull();
    expect(await tokens.findRefreshToken(other.refreshToken.tokenHash)).toMatchObject({ rotatedAt: null });
  });

  test("each successor can be rotated once in its turn", async () => {
    const { refreshToken, family } = await seedFamily(harness());
    const { tokens } = harness().stores;
    const [first, second, third] = [buildSuccessors(family), buildSuccessors(family), buildSuccessors(family)];
    expect(await tokens.rotate(refreshToken.tokenHash, first)).toBe(true);
    expect(await tokens.rotate(first.refreshToken.tokenHash, second)).toBe(true);
    expect(await tokens.rotate(first.refreshToken.tokenHash, third)).toBe(false);
    expect(await tokens.rotate(refreshToken.tokenHash, third)).toBe(false);
    expect(await tokens.findAccessToken(third.accessToken.tokenHash)).toBeNull();
    expect(await tokens.findAccessToken(second.accessToken.tokenHash)).not.toBeNull();
  });

  test("of 50 parallel rotations exactly one is answered true, and only its successors exist", async () => {
    const { refreshToken, family } = await seedFamily(harness());
    const successors = Array.from({ length: 50 }, () => buildSuccessors(family));
    const answers = await inParallel(harness(), 50, (stores, index) =>
      stores.tokens.rotate(refreshToken.tokenHash, successors[index] ?? buildSuccessors(family)),
    );
    expect(countTrue(answers)).toBe(1);
    const { tokens } = harness().stores;
    for (const [index, next] of successors.entries()) {
      expect((await tokens.findAccessToken(next.accessToken.tokenHash)) !== null).toBe(answers[index]);
      expect((await tokens.findRefreshToken(next.refreshToken.tokenHash)) !== null).toBe(answers[index]);
    }
  });

  for (const taken of ["accessToken", "refreshToken"] as const) {
    test(`rotate is all or nothing: if the ${taken} can't be stored, the old tokens remain valid`, async () => {
      const [one, other] = [await seedFamily(harness()), await seedFamily(harness())];
      const next = buildSuccessors(one.family);
      const failing = { ...next, [taken]: { ...next[taken], tokenHash: other[taken].tokenHash } };
      const { tokens } = harness().stores;
      await expect(tokens.rotate(one.refreshToken.tokenHash, failing)).rejects.toThrow();
      expect(await tokens.findRefreshToken(one.refreshToken.tokenHash)).toMatchObject({ rotatedAt: null });
      expect(await tokens.findAccessToken(one.accessToken.tokenHash)).toMatchObject({ revokedAt: null });
      if (taken === "refreshToken") expect(await tokens.findAccessToken(next.accessToken.tokenHash)).toBeNull();
      else expect(await tokens.findRefreshToken(next.refreshToken.tokenHash)).toBeNull();
      expect(await tokens.rotate(one.refreshToken.tokenHash, next)).toBe(true);
    });
  }

  test("a revoked family is not rotated", async () => {
    const { refreshToken, family } = await seedFamily(harness());
    const next = buildSuccessors(family);
    const { tokens } = harness().stores;
    await tokens.revokeFamily(family.id, epoch, "authorization_withdrawn", buildEvent());
    expect(await tokens.rotate(refreshToken.tokenHash, next)).toBe(false);
    expect(await tokens.findAccessToken(next.accessToken.tokenHash)).toBeNull();
    expect(await tokens.findRefreshToken(next.refreshToken.tokenHash)).toBeNull();
  });
}
