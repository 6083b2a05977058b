import { randomUUID } from "node:crypto";
import { addSeconds, type OAuthContext } from "../context";
import { digest, generateClientId, generateClientSecret, randomToken } from "../digest";
import type {
  AccessToken,
  AuthorizationCode,
  AuthorizationRequest,
  Client,
  ClientSecret,
  DeviceAuthorization,
  Lifetimes,
  RefreshToken,
  Scope,
  TokenFamily,
} from "../types";
import { testKeyRing } from "./key-ring";
import type { StoredApi } from "./memory";
import { createMemoryStores, type MemoryStores } from "./memory-store";

/** When every test begins, unless it sets the clock. */
export const epoch = new Date("2031-05-06T07:08:09.123Z");

/** The defaults of the server. */
export const lifetimes: Lifetimes = {
  authorizationRequest: 600,
  authorizationCode: 60,
  accessToken: 36_000,
  refreshTokenIdle: 30 * 86_400,
  refreshToken: 365 * 86_400,
  refreshTokenGrace: 10,
  pushedAuthorizationRequest: 60,
  deviceCode: 1800,
};

/** Those of the walk-through, and one that only some applications may have. */
export const scopes: readonly Scope[] = [
  { name: "read", description: "See your data", isDefault: true, isRestricted: false },
  { name: "write", description: "Change your data", isDefault: true, isRestricted: false },
  { name: "email", description: "See your e-mail address", isDefault: false, isRestricted: false },
  { name: "manage", description: "Manage this server", isDefault: false, isRestricted: true },
];

export class TestClock {
  #now = epoch;
  readonly now = () => this.#now;

  set(at: Date): void {
    this.#now = at;
  }

  advance(seconds: number): void {
    this.#now = addSeconds(this.#now, seconds);
  }
}

export interface TestContext extends OAuthContext {
  stores: MemoryStores;
  clock: TestClock;
  user: { id: string; username: string };
}

/** A context on empty memory stores that know the scopes and one user, alice. */
export function buildContext(values: Partial<Lifetimes> = {}): TestContext {
  const clock = new TestClock();
  const stores = createMemoryStores(clock.now);
  for (const scope of scopes) stores.saveScope(scope);
  const user = { id: randomUUID(), username: "alice" };
  stores.saveUser({ ...user, disabled: false });
  return {
    stores,
    clock,
    user,
    now: clock.now,
    issuer: "https://id.example/o",
    lifetimes: { ...lifetimes, ...values },
    requirePushedAuthorizationRequests: false,
    devicePollingInterval: 5,
    dpop: { nonceKey: new TextEncoder().encode("a key of 32 bytes for the nonces"), nonceRequired: false },
    keys: testKeyRing,
    remoteKeys: { fetch: async () => null },
  };
}

/** A secret in clear, as the client has it, with its record. */
export function buildSecret(values: Partial<ClientSecret> = {}): { secret: string; record: ClientSecret } {
  const secret = generateClientSecret();
  const record = { id: randomUUID(), hash: digest(secret), expiresAt: null, lastUsedAt: null, ...values };
  return { secret, record };
}

/** A confidential client of the code grant, as the register form makes it. Without a secret, unless one is given. */
export function buildClient(values: Partial<Client> = {}): Client {
  return {
    id: randomUUID(),
    clientId: generateClientId(),
    name: "web-app",
    clientType: "confidential",
    grantTypes: ["authorization_code", "refresh_token"],
    allowedScopes: [],
    redirectUris: ["https://app.example/callback"],
    requirePkce: false,
    skipConsent: false,
    tokenEndpointAuthMethod: null,
    jwks: null,
    jwksUri: null,
    requirePushedAuthorizationRequests: false,
    dpopBoundAccessTokens: false,
    allowedOrigins: [],
    registeredDynamically: false,
    disabled: false,
    secrets: [],
    ...values,
  };
}

/** A client that the context's stores know, with the secret that authenticates it; a public one has none. */
export function registerClient(context: TestContext, values: Partial<Client> = {}): { client: Client; secret: string } {
  const { secret, record } = buildSecret();
  const client = buildClient({ secrets: values.clientType === "public" ? [] : [record], ...values });
  context.stores.saveClient(client);
  return { client, secret };
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

/** An API that the context's stores know. */
export function registerApi(context: TestContext, values: Partial<StoredApi> = {}): StoredApi {
  const api = buildApi(values);
  context.stores.saveApi(api);
  return api;
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
    createdAt,
    expiresAt: addSeconds(createdAt, lifetimes.authorizationRequest),
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
    createdAt,
    expiresAt: addSeconds(createdAt, lifetimes.authorizationCode),
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
    expiresAt: addSeconds(createdAt, lifetimes.deviceCode),
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
  const expiresAt = addSeconds(createdAt, lifetimes.refreshToken);
  const granted = { applicationId, userId, sessionId, codeHash, resources, dpopJkt: null };
  return { id: randomUUID(), ...granted, createdAt, expiresAt, ...values };
}

/** A member of the family or, without one, the client's own token. */
export function buildAccessToken(
  owner: { applicationId: string; family?: TokenFamily },
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
    expiresAt: addSeconds(createdAt, lifetimes.accessToken),
    ...values,
  };
}

export function buildRefreshToken(family: TokenFamily, values: Partial<RefreshToken> = {}): RefreshToken {
  const createdAt = values.createdAt ?? family.createdAt;
  return {
    tokenHash: digest(randomToken()),
    familyId: family.id,
    scopes: ["read"],
    jti: randomUUID(),
    createdAt,
    expiresAt: addSeconds(createdAt, lifetimes.refreshTokenIdle),
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
  };
}

/** What `rotate` stores for a refresh token of the family. */
export function buildSuccessors(family: TokenFamily, createdAt: Date = addSeconds(family.createdAt, 60)) {
  return {
    accessToken: buildAccessToken({ applicationId: family.applicationId, family }, { createdAt }),
    refreshToken: buildRefreshToken(family, { createdAt }),
    sealed: { text: "sealed", expiresAt: addSeconds(createdAt, lifetimes.refreshTokenGrace) },
  };
}
