import type { AuditEvent } from "../../ports/audit-events";
import type { AuthorizationCodeStore } from "../../ports/authorization-stores";
import type { InitialTokens, RevocationReason, TokenStore } from "../../ports/store";
import type { AccessToken, AuthorizationCode } from "../../ports/types";
import { listPermissions } from "../../scope/consent-entries";
import { includesScopes } from "../../scope/scope";
import {
  commit,
  consentKey,
  insertion,
  type Memory,
  recording,
  type StoredFamily,
  toSubject,
  turn,
  type Write,
} from "./memory";

const unrotated = { rotatedAt: null, sealedSuccessor: null };

export function createCodeStore(memory: Memory): AuthorizationCodeStore {
  const insertCode = (code: AuthorizationCode): Write => {
    memory.client(code.applicationId);
    memory.user(code.userId);
    return insertion(memory.codes, code.codeHash, { ...code, consumedAt: null });
  };
  const isConsented = (code: AuthorizationCode): boolean => {
    const allowed = memory.consents.get(consentKey(code.userId, code.applicationId)) ?? [];
    return includesScopes(allowed, listPermissions(code));
  };
  return {
    async issue(code, { whileConsented }) {
      await turn();
      if (whileConsented && !isConsented(code)) return false;
      commit([insertCode(code)]);
      return true;
    },
    async issueForRequest(code, requestIdHash, { whileConsented }) {
      await turn();
      if (!memory.requests.has(requestIdHash) || (whileConsented && !isConsented(code))) return false;
      commit([insertCode(code), () => memory.requests.delete(requestIdHash)]);
      return true;
    },
    async find(codeHash) {
      await turn();
      const code = memory.codes.get(codeHash);
      return code ? { ...structuredClone(code), userDisabled: memory.user(code.userId).disabled } : null;
    },
    async redeem(codeHash, issued) {
      await turn();
      const code = memory.codes.get(codeHash);
      if (!code || code.consumedAt) return false;
      commit([
        ...insertIssued(memory, issued),
        () => {
          code.consumedAt = issued.family.createdAt;
        },
      ]);
      return true;
    },
    async invalidate(codeHash, at) {
      await turn();
      const code = memory.codes.get(codeHash);
      if (!code || code.consumedAt) return false;
      code.consumedAt = at;
      return true;
    },
  };
}

/** What a redemption stores. The family counts as used from its beginning. */
export function insertIssued(
  memory: Memory,
  { family, accessToken, refreshToken, joinsSession }: InitialTokens,
): Write[] {
  const { createdAt: lastUsedAt } = family;
  return [
    insertion(memory.families, family.id, { ...family, lastUsedAt, revokedAt: null, revokedReason: null }),
    insertion(memory.accessTokens, accessToken.tokenHash, { ...accessToken, revokedAt: null }),
    ...(refreshToken
      ? [insertion(memory.refreshTokens, refreshToken.tokenHash, { ...refreshToken, ...unrotated })]
      : []),
    () => {
      if (joinsSession && family.sessionId !== null) {
        memory.participants.add(`${family.sessionId} ${family.applicationId}`);
      }
    },
  ];
}

export function createTokenStore(memory: Memory): TokenStore {
  const revoke = (family: StoredFamily | undefined, at: Date, reason: RevocationReason, event: AuditEvent) => {
    if (!family || family.revokedAt) return false;
    commit([recording(memory, event)]);
    family.revokedAt = at;
    family.revokedReason = reason;
    return true;
  };
  const supersede = ({ familyId, audience, createdAt }: AccessToken): void => {
    for (const token of memory.accessTokens.values()) {
      if (token.familyId === familyId && token.audience.join(" ") === audience.join(" ")) token.revokedAt ??= createdAt;
    }
  };
  return {
    async issue(accessToken) {
      await turn();
      memory.client(accessToken.applicationId);
      commit([insertion(memory.accessTokens, accessToken.tokenHash, { ...accessToken, revokedAt: null })]);
    },
    async findAccessToken(tokenHash) {
      await turn();
      const token = memory.accessTokens.get(tokenHash);
      if (!token) return null;
      const client = memory.client(token.applicationId);
      const user = token.userId === null ? null : memory.user(token.userId);
      const family = token.familyId === null ? null : memory.family(token.familyId);
      return structuredClone({
        ...token,
        clientId: client.clientId,
        applicationName: client.name,
        applicationDisabled: client.disabled,
        securityProfile: client.securityProfile,
        subjectType: client.subjectType,
        username: user?.username ?? null,
        subject: user ? toSubject(user) : null,
        userDisabled: user?.disabled ?? false,
        accessEnded: memory.hasAccessEnded(token.userId, client),
        familyRevokedAt: family?.revokedAt ?? null,
        familyLastUsedAt: family?.lastUsedAt ?? null,
        familyClaims: family?.claims ?? null,
      });
    },
    async findRefreshToken(tokenHash) {
      await turn();
      const token = memory.refreshTokens.get(tokenHash);
      if (!token) return null;
      const stored = memory.family(token.familyId);
      const { applicationId, userId, resources, dpopJkt, sessionId, endsWithSession } = stored;
      const { nonce, claims, authenticatedAt, amr } = stored;
      const family = {
        ...{ applicationId, userId, resources, dpopJkt, sessionId, endsWithSession },
        ...{ nonce, claims, authenticatedAt, amr },
        sessionEnded: sessionId === null || memory.endedSessions.has(sessionId),
        familyExpiresAt: stored.expiresAt,
        familyRevokedAt: stored.revokedAt,
      };
      const client = memory.client(applicationId);
      const { clientId, subjectType, disabled: applicationDisabled } = client;
      const user = memory.user(userId);
      const person = { username: user.username, subject: toSubject(user), userDisabled: user.disabled };
      const application = {
        clientId,
        subjectType,
        applicationDisabled,
        accessEnded: memory.hasAccessEnded(userId, client),
      };
      return structuredClone({ ...token, ...family, ...application, ...person });
    },
    async rotate(tokenHash, { accessToken, refreshToken, sealed }) {
      await turn();
      const token = memory.refreshTokens.get(tokenHash);
      if (!token || token.rotatedAt) return false;
      const family = memory.family(token.familyId);
      if (family.revokedAt) return false;
      const successors = [
        insertion(memory.accessTokens, accessToken.tokenHash, { ...accessToken, revokedAt: null }),
        insertion(memory.refreshTokens, refreshToken.tokenHash, { ...refreshToken, ...unrotated }),
      ];
      token.sealedSuccessor = sealed?.text ?? null;
      token.rotatedAt = refreshToken.createdAt;
      family.lastUsedAt = refreshToken.createdAt;
      supersede(accessToken);
      commit(successors);
      return true;
    },
    async renew(tokenHash, { accessToken, expiresAt }) {
      await turn();
      const token = memory.refreshTokens.get(tokenHash);
      if (!token || token.rotatedAt) return false;
      const family = memory.family(token.familyId);
      if (family.revokedAt) return false;
      commit([insertion(memory.accessTokens, accessToken.tokenHash, { ...accessToken, revokedAt: null })]);
      if (token.expiresAt < expiresAt) token.expiresAt = expiresAt;
      family.lastUsedAt = accessToken.createdAt;
      return true;
    },
    async revokeAccessToken(tokenHash, at, event) {
      await turn();
      const token = memory.accessTokens.get(tokenHash);
      if (!token || token.revokedAt || token.familyId !== null) return false;
      commit([recording(memory, event)]);
      token.revokedAt = at;
      return true;
    },
    async revokeFamily(familyId, at, reason, event) {
      await turn();
      return revoke(memory.families.get(familyId), at, reason, event);
    },
    async revokeFamilyOfCode(codeHash, at, reason, event) {
      await turn();
      const family = [...memory.families.values()].find((one) => one.codeHash === codeHash);
      return revoke(family, at, reason, event);
    },
    async recordUse(familyId, at) {
      await turn();
      const family = memory.families.get(familyId);
      if (family) family.lastUsedAt = at;
    },
  };
}
