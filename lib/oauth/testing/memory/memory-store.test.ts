import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { buildApi, buildClient, buildRequest } from "../builders";
import { describeStoreContract } from "../store-contract";
import { createMemoryStores } from "./memory-store";

describeStoreContract("memory", async () => {
  const stores = createMemoryStores(() => new Date());
  return {
    stores,
    elsewhere: stores,
    seed: {
      async user(values) {
        const id = randomUUID();
        const user = { id, username: `user-${id}`, disabled: false, ...values };
        stores.saveUser(user);
        return user;
      },
      async application(values) {
        const client = buildClient(values);
        stores.saveClient(client);
        return client;
      },
      async scope(scope) {
        stores.saveScope(scope);
      },
      async api(values) {
        const api = buildApi(values);
        stores.saveApi(api);
        return api;
      },
      async groups(userId, names) {
        stores.saveGroups(userId, names);
      },
      async temporaryRedirectUri(uri, values) {
        stores.saveTemporaryRedirectUri(uri, values);
      },
      async chosenGroups(applicationId, names) {
        stores.chooseGroups(applicationId, names);
      },
    },
    readAuditEvents: async (reference) => stores.auditEvents().filter((event) => event.reference === reference),
    readRevocationReason: async (familyId) => stores.findRevocationReason(familyId),
    cleanUp: async () => {},
  };
});

test("rows are copies: changing what was stored or found changes nothing in the store", async () => {
  const stores = createMemoryStores();
  const client = buildClient();
  stores.saveClient(client);
  const request = buildRequest(client);
  await stores.requests.create(request);
  request.decision = "approved";
  const found = await stores.requests.find(request.idHash);
  expect(found?.decision).toBeNull();
  if (found) found.decision = "approved";
  expect(await stores.requests.find(request.idHash)).toMatchObject({ decision: null });
});
