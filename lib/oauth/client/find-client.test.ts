import { expect, test } from "vitest";
import type { Client } from "../ports/client";
import { buildContext, registerClient } from "../testing/test-context";
import { findClient } from "./find-client";

test("a client is found with its security profile enforced", async () => {
  const context = buildContext();
  const { client } = registerClient(context, { securityProfile: "fapi2_security", requirePkce: false });
  expect(await findClient(context.stores.clients, client.clientId)).toMatchObject({ requirePkce: true, secrets: [] });
  expect(await findClient(context.stores.clients, "another")).toBeNull();
});

test("what storage returns isn't a client yet: by its type it can't be used as one", async () => {
  const context = buildContext();
  const { client } = registerClient(context);
  const registered = await context.stores.clients.find(client.clientId);
  // @ts-expect-error A `RegisteredClient` isn't a `Client`.
  const passed: Client | null = registered;
  // @ts-expect-error Nor can anything be read from it.
  const read = registered?.redirectUris;
  expect(passed).toEqual(client);
  expect(read).toEqual(client.redirectUris);
});
