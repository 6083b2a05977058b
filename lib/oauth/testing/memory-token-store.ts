import { includesScopes } from "../scope";
import type { AuthorizationCodeStore, RevocationReason, TokenStore } from "../store";
import type { AuthorizationCode } from "../types";
import { commit, consentKey, insertion, type Memory, type StoredFamily, turn, type Write } from "./memory";

export function createCodeStore(memory: Memory): AuthorizationCodeStore {
  const insertCode = (code: AuthorizationCode): Write => {
    memory.client(code.applicationId);
    memory.user(code.userId);
    return insertion(memory.codes, code.codeHash, { ...code, consumedAt: null });
  };
  const isConsented = ({ userId, applicationId, scopes }: AuthorizationCode): boolean =>
    includesScopes(memory.consents.get(consentKey(userId, applicationId)) ?? [], scopes);
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
    async redeem(codeHash, { family, accessToken, refreshToken }) {
      await turn();
      const code = memory.codes.get(codeHash);
      if (!code || code.consumedAt) return false;
      const { createdAt: lastUsedAt } = family;
      commit([
        insertion(memory.families, family.id, { ...family, lastUsedAt, revokedAt: null, revokedReason: null }),
        insertion(memory.accessTokens, accessToken.tokenHash, { ...accessToken, revokedAt: null }),
        ...(refreshToken
          ? [insertion(memory.refreshTokens, refreshToken.tokenHash, { ...refreshToken, rotatedAt: null })]
          : []),
        () => {
          code.consumedAt = family.createdAt;
        },
      ]);
      return true;
    },
    async burn(codeHash, at) {
      await turn();
      const code = memory.codes.get(codeHash);
      if (!code || code.consumedAt) return false;
      code.consumedAt = at;
      return true;
    },
  };
}

export function createTokenStore(memory: Memory): TokenStore {
  const revoke = (family: StoredFamily | undefined, at: Date, reason: RevocationReason): boolean => {
    if (!family || family.revokedAt) return false;
    family.revokedAt = at;
    family.revokedReason = reason;
    return true;
  };
  const dropAccessTokens = (familyId: string): void => {
    for (const token of memory.accessTokens.values()) {
      if (token.familyId === familyId) memory.accessTokens.delete(token.tokenHash);
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
        username: user?.username ?? null,
        userDisabled: user?.disabled ?? false,
        familyRevokedAt: family?.revokedAt ?? null,
        familyLastUsedAt: family?.lastUsedAt ?? null,
      });
    },
    async findRefreshToken(tokenHash) {
      await turn();
      const token = memory.refreshTokens.get(tokenHash);
      if (!token) return null;
      const { applicationId, userId, expiresAt, revokedAt } = memory.family(token.familyId);
      const family = { applicationId, userId, familyExpiresAt: expiresAt, familyRevokedAt: revokedAt };
      return structuredClone({ ...token, ...family, userDisabled: memory.user(userId).disabled });
    },
    async rotate(tokenHash, { accessToken, refreshToken }) {
      await turn();
      const token = memory.refreshTokens.get(tokenHash);
      if (!token || token.rotatedAt) return false;
      const family = memory.family(token.familyId);
      if (family.revokedAt) return false;
      const successors = [
        insertion(memory.accessTokens, accessToken.tokenHash, { ...accessToken, revokedAt: null }),
        insertion(memory.refreshTokens, refreshToken.tokenHash, { ...refreshToken, rotatedAt: null }),
      ];
      token.rotatedAt = refreshToken.createdAt;
      family.lastUsedAt = refreshToken.createdAt;
      dropAccessTokens(token.familyId);
      commit(successors);
      return true;
    },
    async revokeFamily(familyId, at, reason) {
      await turn();
      return revoke(memory.families.get(familyId), at, reason);
    },
    async revokeFamilyOfCode(codeHash, at, reason) {
      await turn();
      return revoke(
        [...memory.families.values()].find((family) => family.codeHash === codeHash),
        at,
        reason,
      );
    },
    async recordUse(familyId, at) {
      await turn();
      const family = memory.families.get(familyId);
      if (family) family.lastUsedAt = at;
    },
  };
}
