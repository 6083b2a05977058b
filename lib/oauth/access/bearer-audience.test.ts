import { describe, expect, test } from "vitest";
import { buildAccessToken } from "../testing/builders";
import { buildResourceRequest } from "../testing/flow";
import { buildContext, registerApi, registerClient } from "../testing/test-context";
import { digest, randomToken } from "../wire/digest";
import { InsufficientScopeError, InvalidTokenError } from "../wire/errors";
import { checkBearer } from "./bearer";

const resource = "https://id.example/resource";

async function arrange(audience: string[]) {
  const context = buildContext();
  const { client } = registerClient(context);
  const accessToken = randomToken();
  const record = buildAccessToken({ applicationId: client.id }, { tokenHash: digest(accessToken), audience });
  await context.stores.tokens.issue(record);
  const check = (requirement: { scopes: string[]; resource?: string | string[] }) =>
    checkBearer(context, buildResourceRequest(accessToken), requirement);
  return Object.assign(check, { context });
}

describe("RFC 9700 §4.9.1, RFC 8707 §2: the audience of a token", () => {
  test.each([[[resource]], [["https://api.example", resource]], [[]]])("%j includes the resource", async (audience) => {
    const check = await arrange(audience);
    expect(await check({ scopes: [], resource })).not.toBeNull();
  });

  test.each([
    "https://api.example",
    "https://id.example",
    "https://id.example/resource/",
    "https://id.example/resource/more",
    "https://id.example/Resource",
    "http://id.example/resource",
  ])("attack: %s doesn't, so that what leaks there is worth nothing here", async (other) => {
    const check = await arrange([other]);
    await expect(check({ scopes: [], resource })).rejects.toThrow(InvalidTokenError);
  });

  test("RFC 3986 §6.2.3: a root URL with and without its slash, and any of several names", async () => {
    const check = await arrange(["https://api.example/"]);
    expect(await check({ scopes: [], resource: "https://api.example" })).not.toBeNull();
    expect(await check({ scopes: [], resource: [resource, "https://api.example/"] })).not.toBeNull();
    await expect(check({ scopes: [], resource: [resource, "https://api.example/more"] })).rejects.toThrow();
    await expect(check({ scopes: [], resource: [] })).rejects.toThrow(InvalidTokenError);
  });

  test("unless each spelling is a separate API", async () => {
    const check = await arrange(["https://api.example/"]);
    registerApi(check.context, { identifier: "https://api.example/" });
    expect(await check({ scopes: [], resource: "https://api.example" })).not.toBeNull();
    registerApi(check.context, { identifier: "https://api.example" });
    expect(await check({ scopes: [], resource: "https://api.example/" })).not.toBeNull();
    await expect(check({ scopes: [], resource: "https://api.example" })).rejects.toThrow(InvalidTokenError);
  });

  test("a resource without an identifier accepts no token that is restricted to any", async () => {
    const [restricted, unrestricted] = [await arrange([resource]), await arrange([])];
    await expect(restricted({ scopes: [] })).rejects.toThrow(InvalidTokenError);
    expect(await unrestricted({ scopes: [] })).not.toBeNull();
  });

  test("is reported before the scope", async () => {
    const [mine, another] = [await arrange([resource]), await arrange(["https://api.example"])];
    await expect(mine({ scopes: ["write"], resource })).rejects.toThrow(InsufficientScopeError);
    await expect(another({ scopes: ["write"], resource })).rejects.toThrow(InvalidTokenError);
  });
});
