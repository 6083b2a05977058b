import { randomUUID } from "node:crypto";
import type { PushedAuthorizationRequestStore, TemporaryRedirectUriStore } from "../../ports/authorization-stores";
import { addSeconds } from "../../ports/context";
import type { ApiStore, AttemptStore, UsedJtiStore } from "../../ports/store";
import type { GroupStore, SubjectStore, UserStore } from "../../ports/user-store";
import { commit, insertion, type Memory, refuseNul, toSubject, turn } from "./memory";

export function createApiStore(memory: Memory): ApiStore {
  return {
    async find(identifiers) {
      await turn();
      refuseNul(identifiers);
      return structuredClone([...memory.apis.values()].filter(({ identifier }) => identifiers.includes(identifier)));
    },
    async isResourceServer(applicationId, identifiers) {
      await turn();
      const served = [...memory.apis.values()].filter((api) => api.resourceServerIds.includes(applicationId));
      return (
        identifiers.length > 0 && identifiers.every((wanted) => served.some(({ identifier }) => identifier === wanted))
      );
    },
  };
}

export function createPushedRequestStore(memory: Memory): PushedAuthorizationRequestStore {
  return {
    async create(request) {
      await turn();
      memory.client(request.applicationId);
      commit([insertion(memory.pushedRequests, request.idHash, request)]);
    },
    async find(idHash, applicationId, now) {
      await turn();
      const request = memory.pushedRequests.get(idHash);
      return request?.applicationId === applicationId && request.expiresAt > now ? request : null;
    },
    async remove(idHash) {
      await turn();
      memory.pushedRequests.delete(idHash);
    },
  };
}

export function createTemporaryRedirectUriStore(memory: Memory): TemporaryRedirectUriStore {
  return {
    async find(uriHash) {
      await turn();
      return structuredClone(memory.temporaryRedirectUris.get(uriHash) ?? null);
    },
  };
}

export function createUsedJtiStore(memory: Memory): UsedJtiStore {
  return {
    async use(key) {
      await turn();
      if (memory.usedJtis.has(key)) return false;
      memory.usedJtis.add(key);
      return true;
    },
  };
}

export function createAttemptStore(memory: Memory): AttemptStore {
  const find = (key: string, now: Date) => {
    const counted = memory.attempts.get(key);
    return counted && counted.endsAt > now ? counted : null;
  };
  const findWait = (attempts: Parameters<AttemptStore["wait"]>[0], now: Date) => {
    const waits = attempts.map(([key, rule]) => {
      const counted = find(key, now);
      return counted && counted.attempts >= rule.limit ? counted.endsAt.getTime() - now.getTime() : 0;
    });
    return Math.ceil(Math.max(0, ...waits) / 1000);
  };
  return {
    async wait(attempts, now) {
      await turn();
      return findWait(attempts, now);
    },
    async count(attempts, now) {
      await turn();
      const wait = findWait(attempts, now);
      if (wait > 0) return wait;
      for (const [key, rule] of attempts) {
        const { attempts: earlier, endsAt } = find(key, now) ?? { attempts: 0, endsAt: addSeconds(now, rule.window) };
        memory.attempts.set(key, { attempts: earlier + 1, endsAt });
      }
      return 0;
    },
  };
}

export function createUserStore(memory: Memory): UserStore {
  return {
    // No test of the core has attributes.
    findCustomClaims: async () => ({}),

    async findClaims(userId) {
      await turn();
      const user = memory.users.get(userId);
      return user ? structuredClone({ preferred_username: user.username, ...user.claims }) : null;
    },
  };
}

export function createGroupStore(memory: Memory): GroupStore {
  return {
    async isChosen(userId, applicationId) {
      await turn();
      return memory.isChosen(userId, applicationId);
    },
    async listNames(userId, limit) {
      await turn();
      return [...(memory.groupsOfUsers.get(userId) ?? [])].sort().slice(0, limit);
    },
  };
}

export function createSubjectStore(memory: Memory): SubjectStore {
  return {
    async findPublic(userId) {
      await turn();
      return toSubject(memory.user(userId));
    },
    async findUserByPublic(subject) {
      await turn();
      return [...memory.users.values()].find((user) => toSubject(user) === subject)?.id ?? null;
    },
    async findOrCreate(userId, sector) {
      await turn();
      const key = `${memory.user(userId).id} ${sector}`;
      const subject = memory.subjects.get(key) ?? randomUUID();
      memory.subjects.set(key, subject);
      return subject;
    },
    async findUser(subject, sector) {
      await turn();
      const found = [...memory.subjects].find(([key, value]) => value === subject && key.endsWith(` ${sector}`));
      return found?.[0].split(" ")[0] ?? null;
    },
  };
}
