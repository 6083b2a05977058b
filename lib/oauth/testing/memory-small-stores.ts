import { addSeconds } from "../context";
import type { ApiStore, AttemptStore, PushedAuthorizationRequestStore, UsedJtiStore } from "../store";
import { commit, insertion, type Memory, turn } from "./memory";

export function createApiStore(memory: Memory): ApiStore {
  return {
    async find(identifiers) {
      await turn();
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
    async take(idHash, applicationId, now) {
      await turn();
      const request = memory.pushedRequests.get(idHash);
      if (request?.applicationId !== applicationId || request.expiresAt <= now) return null;
      memory.pushedRequests.delete(idHash);
      return request;
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
  const secondsLeft = (endsAt: Date, now: Date) => Math.ceil((endsAt.getTime() - now.getTime()) / 1000);
  return {
    async wait(attempts, now) {
      await turn();
      const waits = attempts.map(([key, rule]) => {
        const counted = memory.attempts.get(key);
        return counted && counted.endsAt > now && counted.attempts >= rule.limit ? secondsLeft(counted.endsAt, now) : 0;
      });
      return Math.max(0, ...waits);
    },
    async count(attempts, now) {
      await turn();
      const waits = attempts.map(([key, rule]) => {
        const earlier = memory.attempts.get(key);
        const counted =
          earlier && earlier.endsAt > now ? earlier : { attempts: 0, endsAt: addSeconds(now, rule.window) };
        counted.attempts += 1;
        memory.attempts.set(key, counted);
        return counted.attempts > rule.limit ? secondsLeft(counted.endsAt, now) : 0;
      });
      return Math.max(0, ...waits);
    },
  };
}
