import type { AuditEvent } from "../../ports/audit-events";
import type { AuthorizationRequestStore, ConsentStore, TemporaryRedirectUri } from "../../ports/authorization-stores";
import { toRegisteredClient } from "../../ports/client";
import type { AuditLog, ClientStore, RevocationReason, ScopeStore, Stores } from "../../ports/store";
import type { Scope } from "../../ports/types";
import { digest } from "../../wire/digest";
import {
  addConsent,
  commit,
  consentKey,
  insertion,
  Memory,
  type MemoryUser,
  recording,
  refuseNul,
  type StoredApi,
  type StoredClient,
  turn,
} from "./memory";
import { createDeviceStore } from "./memory-devices-store";
import {
  createApiStore,
  createAttemptStore,
  createGroupStore,
  createPushedRequestStore,
  createSubjectStore,
  createTemporaryRedirectUriStore,
  createUsedJtiStore,
  createUserStore,
} from "./memory-small-stores";
import { createCodeStore, createTokenStore } from "./memory-token-store";

/** The ports, and what a test may change directly. Saving again under the same ID replaces. */
export interface MemoryStores extends Stores {
  saveClient(client: StoredClient): void;
  saveScope(scope: Scope): void;
  saveApi(api: StoredApi): void;
  saveUser(user: MemoryUser): void;
  /** All groups of the user, by name. */
  saveGroups(userId: string, names: readonly string[]): void;
  /** The groups whose members may use the application, by name. */
  chooseGroups(applicationId: string, names: readonly string[]): void;
  saveTemporaryRedirectUri(uri: string, values: TemporaryRedirectUri): void;
  endSession(sessionId: string): void;
  /** IDs of the applications that are notified when the session ends. */
  findParticipants(sessionId: string): string[];
  auditEvents(): AuditEvent[];
  findRevocationReason(familyId: string): RevocationReason | null;
}

/** Every port of `store.ts` in memory. `now` tells which client secrets have expired. */
export function createMemoryStores(now: () => Date = () => new Date()): MemoryStores {
  const memory = new Memory(now);
  return {
    clients: createClientStore(memory),
    scopes: createScopeStore(memory),
    consents: createConsentStore(memory),
    requests: createRequestStore(memory),
    codes: createCodeStore(memory),
    tokens: createTokenStore(memory),
    apis: createApiStore(memory),
    pushedRequests: createPushedRequestStore(memory),
    temporaryRedirectUris: createTemporaryRedirectUriStore(memory),
    devices: createDeviceStore(memory),
    users: createUserStore(memory),
    groups: createGroupStore(memory),
    subjects: createSubjectStore(memory),
    usedJtis: createUsedJtiStore(memory),
    attempts: createAttemptStore(memory),
    audit: createAuditLog(memory),
    saveClient: (client) => {
      memory.checkClientId(client);
      memory.clients.set(client.id, structuredClone(client));
    },
    saveScope: (scope) => void memory.scopes.set(scope.name, structuredClone(scope)),
    saveApi: (api) => void memory.apis.set(api.id, structuredClone(api)),
    saveGroups: (userId, names) => void memory.groupsOfUsers.set(memory.user(userId).id, [...names]),
    chooseGroups: (applicationId, names) => void memory.chosenGroups.set(memory.client(applicationId).id, [...names]),
    saveTemporaryRedirectUri: (uri, values) =>
      void memory.temporaryRedirectUris.set(digest(uri), structuredClone(values)),
    endSession: (sessionId) => void memory.endedSessions.add(sessionId),
    findParticipants: (sessionId) =>
      [...memory.participants]
        .map((entry) => entry.split(" "))
        .flatMap(([id, other = ""]) => (id === sessionId ? [other] : [])),
    saveUser: (user) => {
      memory.checkSubject(user);
      memory.users.set(user.id, structuredClone(user));
    },
    auditEvents: () => structuredClone(memory.auditEvents),
    findRevocationReason: (familyId) => memory.families.get(familyId)?.revokedReason ?? null,
  };
}

function createClientStore(memory: Memory): ClientStore {
  return {
    async find(clientId) {
      await turn();
      refuseNul(clientId);
      const stored = [...memory.clients.values()].find((client) => client.clientId === clientId);
      if (!stored) return null;
      const { secrets, ...client } = structuredClone(stored);
      const live = secrets.filter(
        (secret) => !secret.revokedAt && !(secret.expiresAt && secret.expiresAt <= memory.now()),
      );
      return toRegisteredClient({ ...client, secrets: live.map(({ revokedAt, lastRefusedAt, ...secret }) => secret) });
    },
    async listEndedSecrets(applicationId, at) {
      await turn();
      const ended = (memory.clients.get(applicationId)?.secrets ?? []).filter(
        ({ revokedAt, expiresAt }) => (revokedAt && revokedAt <= at) || (expiresAt && expiresAt <= at),
      );
      return ended.slice(-20).map(({ id, scheme, hash }) => ({ id, scheme, hash }));
    },
    async recordSecretRefusal(secretId, at) {
      await turn();
      const secret = [...memory.clients.values()].flatMap(({ secrets }) => secrets).find(({ id }) => id === secretId);
      if (!secret || (secret.lastRefusedAt && at.getTime() - secret.lastRefusedAt.getTime() < 60_000)) return false;
      secret.lastRefusedAt = at;
      return true;
    },
    async isAllowedOrigin(origin) {
      await turn();
      refuseNul(origin);
      return [...memory.clients.values()].some((client) => !client.disabled && client.allowedOrigins.includes(origin));
    },
    async keep(applicationId) {
      await turn();
      const client = memory.clients.get(applicationId);
      if (client) client.expiresAt = null;
      return client !== undefined;
    },
    async renewSecretHash(secretId, before, { scheme, hash }) {
      await turn();
      const secrets = [...memory.clients.values()].flatMap((client) => client.secrets);
      const secret = secrets.find(({ id }) => id === secretId);
      if (!secret || secret.scheme !== before.scheme || secret.hash !== before.hash) return false;
      Object.assign(secret, { scheme, hash });
      return true;
    },
    async recordSecretUse(secretId, at) {
      await turn();
      for (const client of memory.clients.values()) {
        for (const secret of client.secrets) if (secret.id === secretId) secret.lastUsedAt = at;
      }
    },
  };
}

function createScopeStore(memory: Memory): ScopeStore {
  return {
    async list() {
      await turn();
      return structuredClone([...memory.scopes.values()]).sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

function createConsentStore(memory: Memory): ConsentStore {
  return {
    async find(userId, applicationId) {
      await turn();
      return structuredClone(memory.consents.get(consentKey(userId, applicationId)) ?? null);
    },
    async isUsedInSession(sessionId, applicationId) {
      await turn();
      return [...memory.families.values()].some(
        (family) => family.sessionId === sessionId && family.applicationId === applicationId && !family.revokedAt,
      );
    },
  };
}

function createRequestStore(memory: Memory): AuthorizationRequestStore {
  return {
    async create(request) {
      await turn();
      memory.client(request.applicationId);
      commit([insertion(memory.requests, request.idHash, request)]);
    },
    async find(idHash) {
      await turn();
      return structuredClone(memory.requests.get(idHash) ?? null);
    },
    async recordAuthentication(idHash, browserHash, sessionId) {
      await turn();
      const request = memory.requests.get(idHash);
      if (request?.browserHash !== browserHash) return false;
      request.authenticatedSessionId = sessionId;
      return true;
    },
    async decide({ idHash, browserHash, sessionId, userId, applicationId, decision, scopes, at, event }) {
      await turn();
      const request = memory.requests.get(idHash);
      if (request?.browserHash !== browserHash || request.decision !== null || request.expiresAt <= at) return false;
      const record = recording(memory, event);
      if (decision === "approved") addConsent(memory, userId, applicationId, scopes);
      request.decision = decision;
      request.decidedBySessionId = sessionId;
      commit([record]);
      return true;
    },
    async discard(idHash, event) {
      await turn();
      if (!memory.requests.has(idHash)) return false;
      commit([...(event ? [recording(memory, event)] : []), () => memory.requests.delete(idHash)]);
      return true;
    },
  };
}

function createAuditLog(memory: Memory): AuditLog {
  return {
    async record(event) {
      await turn();
      commit([recording(memory, event)]);
    },
  };
}
