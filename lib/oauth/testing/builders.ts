import { randomUUID } from "node:crypto";
import type { AuditEvent, RecordedEvent } from "../ports/audit-events";
import type { Client, ClientSecret } from "../ports/client";
import { defaultSettings } from "../ports/client-settings";
import { addSeconds } from "../ports/context";
import type {
  AccessToken,
  AuthorizationCode,
  AuthorizationRequest,
  DeviceAuthorization,
  RefreshToken,
  Scope,
  TokenFamily,
} from "../ports/types";
import { digest, generateClientId, generateClientSecret, randomToken } from "../wire/digest";
import { epoch, settings } from "./defaults";
import type { StoredApi } from "./memory/memory";

/** A scope that is neither a default one nor restricted. */
export function buildScope(name: string, values: Partial<Scope> = {}): Scope {
  return { name, description: name, isDefault: false, isRestricted: false, ...values };
}

/** A secret in the clear, as the client has it, with its record. */
export function buildSecret(values: Partial<ClientSecret> = {}): { secret: string; record: ClientSecret } {
  const secret = generateClientSecret();
  const record = {
    id: randomUUID(),
    scheme: "sha256",
    hash: digest(secret),
    expiresAt: null,
    lastUsedAt: null,
    ...values,
  };
  return { secret, record };
}

/** A confidential client of the code grant, as the register form makes it. Without a secret, unless one is given. */
export function buildClient(values: Partial<Client> = {}): Client {
  return {
    id: randomUUID(),
    clientId: generateClientId(),
    ...defaultSettings,
    name: "web-app",
    clientType: "confidential",
    kind: "web",
    grantTypes: ["authorization_code", "refresh_token"],
    redirectUris: ["https://app.example/callback"],
    redirectsBeforeSignIn: true,
    registeredDynamically: false,
    disabled: false,
    accessRestricted: false,
    expiresAt: null,
    secrets: [],
    ...values,
  };
}

export function buildApi(values: Partial<StoredApi> = {}): StoredApi {
  return {
    id: randomUUID(),
    identifier: `https://api.example/${randomUUID()}`,
    scopes: ["read", "write"],
    tokenFormat: "opaque",
    accessTokenLifetime: null,
    resourceServerIds: [],
    ...values,
  };
}

type Owner = Pick<Client, "id" | "clientId">;

export function buildRequest(client: Owner, values: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  const createdAt = values.createdAt ?? epoch;
  return {
    idHash: digest(randomToken()),
    browserHash: digest(randomToken()),
    applicationId: client.id,
    clientId: client.clientId,
    redirectUri: "https://app.example/callback",
    redirectUriSent: true,
    scopes: ["read"],
    resources: [],
    state: "af0ifjsldkj",
    codeChallenge: null,
    dpopJkt: null,
    responseMode: "query",
    maxAge: null,
    prompts: [],
    approvalPrompt: "auto",
    loginHint: null,
    uiLocales: null,
    nonce: null,
    claims: null,
    acrValues: [],
    requiredAcrValues: [],
    display: null,
    claimsLocales: null,
    requiredUserId: null,
    createdAt,
    expiresAt: addSeconds(createdAt, settings.authorizationRequestLifetime),
    authenticatedSessionId: null,
    decision: null,
    decidedBySessionId: null,
    ...values,
  };
}

export function buildCode(
  owner: { applicationId: string; userId: string },
  values: Partial<AuthorizationCode> = {},
): AuthorizationCode {
  const createdAt = values.createdAt ?? epoch;
  return {
    codeHash: digest(randomToken()),
    applicationId: owner.applicationId,
    userId: owner.userId,
    sessionId: randomUUID(),
    redirectUri: "https://app.example/callback",
    redirectUriSent: true,
    scopes: ["read"],
    resources: [],
    codeChallenge: null,
    dpopJkt: null,
    nonce: null,
    claims: null,
    authenticatedAt: createdAt,
    amr: ["pwd"],
    createdAt,
    expiresAt: addSeconds(createdAt, settings.authorizationCodeLifetime),
    ...values,
  };
}

export function buildDevice(applicationId: string, values: Partial<DeviceAuthorization> = {}): DeviceAuthorization {
  const createdAt = values.createdAt ?? epoch;
  return {
    deviceCodeHash: digest(randomToken()),
    userCodeHash: digest(randomToken()),
    applicationId,
    scopes: ["read"],
    resources: [],
    createdAt,
    expiresAt: addSeconds(createdAt, settings.deviceCodeLifetime),
    pollingInterval: 5,
    ...values,
  };
}

type RedeemedCode = Pick<
  AuthorizationCode,
  "applicationId" | "userId" | "sessionId" | "codeHash" | "resources" | "createdAt"
>;

export function buildFamily(code: RedeemedCode, values: Partial<TokenFamily> = {}): TokenFamily {
  const { applicationId, userId, sessionId, codeHash, resources, createdAt } = code;
  const expiresAt = addSeconds(createdAt, settings.refreshTokenLifetime);
  const granted = { applicationId, userId, sessionId, codeHash, resources, dpopJkt: null };
  const openid = { endsWithSession: false, nonce: null, claims: null, authenticatedAt: createdAt, amr: ["pwd"] };
  return { id: randomUUID(), ...granted, ...openid, createdAt, expiresAt, ...values };
}

type FamilyMember = Pick<TokenFamily, "id" | "applicationId" | "userId" | "createdAt">;

/** A member of the family or, without one, the client's own token. */
export function buildAccessToken(
  owner: { applicationId: string; family?: FamilyMember },
  values: Partial<AccessToken> = {},
): AccessToken {
  const createdAt = values.createdAt ?? owner.family?.createdAt ?? epoch;
  return {
    tokenHash: digest(randomToken()),
    applicationId: owner.applicationId,
    userId: owner.family?.userId ?? null,
    familyId: owner.family?.id ?? null,
    scopes: ["read"],
    audience: [],
    dpopJkt: null,
    jti: randomUUID(),
    createdAt,
    expiresAt: addSeconds(createdAt, settings.accessTokenLifetime),
    ...values,
  };
}

export function buildRefreshToken(family: FamilyMember, values: Partial<RefreshToken> = {}): RefreshToken {
  const createdAt = values.createdAt ?? family.createdAt;
  return {
    tokenHash: digest(randomToken()),
    familyId: family.id,
    scopes: ["read"],
    jti: randomUUID(),
    createdAt,
    expiresAt: addSeconds(createdAt, settings.refreshTokenIdleLifetime),
    ...values,
  };
}

/** What `redeem` stores for a code. */
export function buildIssued(code: RedeemedCode) {
  const family = buildFamily(code);
  return {
    family,
    accessToken: buildAccessToken({ applicationId: code.applicationId, family }),
    refreshToken: buildRefreshToken(family),
    joinsSession: false,
  };
}

/** What `rotate` stores for a refresh token of the family. */
export function buildSuccessors(family: FamilyMember, createdAt: Date = addSeconds(family.createdAt, 60)) {
  return {
    accessToken: buildAccessToken({ applicationId: family.applicationId, family }, { createdAt }),
    refreshToken: buildRefreshToken(family, { createdAt }),
    sealed: { text: "sealed", expiresAt: addSeconds(createdAt, settings.refreshTokenGracePeriod) },
  };
}

/** What may be recorded beside a change in a test that is about the change. */
export function buildEvent(values: Partial<Omit<RecordedEvent, "type" | "details">> = {}): AuditEvent {
  return { type: "authorization_code.replayed", at: epoch, ...values };
}
