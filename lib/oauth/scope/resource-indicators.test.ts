import { describe, expect, test } from "vitest";
import { buildContext, registerApi } from "../testing/test-context";
import { InvalidScopeError, InvalidTargetError } from "../wire/errors";
import { isResourceIndicator, narrowResources, resolveResources, restrictScopes } from "./resource-indicators";

describe("RFC 8707 §2: resource", () => {
  test.each([
    ["https://api.example", true],
    ["https://api.example/v1?x=1", true],
    ["urn:example:api", true],
    ["api.example", false],
    ["/api", false],
    ["https://api.example/#", false],
    ["https://api.example/#part", false],
    ["https://api.example/a b", false],
    ["https://", false],
    ["", false],
    [`https://api.example/${"x".repeat(2000)}`, false],
  ])("%j may be one: %s", (value, expected) => {
    expect(isResourceIndicator(value)).toBe(expected);
  });

  test("each is looked up by its exact spelling, once, in the order of the request", async () => {
    const context = buildContext();
    const [one, other] = [registerApi(context), registerApi(context)];
    const found = await resolveResources(context, [other.identifier, one.identifier, other.identifier]);
    expect(found.map(({ identifier }) => identifier)).toEqual([other.identifier, one.identifier]);
    expect(await resolveResources(context, [])).toEqual([]);
  });

  test("an unknown one among known ones, another spelling, and too many are an invalid_target", async () => {
    const context = buildContext();
    const api = registerApi(context, { identifier: "https://api.example/v1" });
    const many = Array.from({ length: 21 }, () => registerApi(context).identifier);
    for (const requested of [[api.identifier, "https://unknown.example"], ["https://API.example/v1"], ["x"], many]) {
      await expect(resolveResources(context, requested)).rejects.toThrow(InvalidTargetError);
    }
  });

  test("RFC 3986 §6.2.3: a root URL is found with and without its slash, by the registered identifier", async () => {
    const context = buildContext();
    const bare = registerApi(context, { identifier: "https://bare.example" });
    const slashed = registerApi(context, { identifier: "https://slashed.example/" });
    registerApi(context, { identifier: "https://path.example/mcp" });
    const requested = ["https://bare.example/", "https://slashed.example", "https://bare.example"];
    expect((await resolveResources(context, requested)).map(({ identifier }) => identifier)).toEqual([
      bare.identifier,
      slashed.identifier,
    ]);
    expect(await narrowResources(context, [bare.identifier], ["https://bare.example/"])).toMatchObject([bare]);
    await expect(resolveResources(context, ["https://path.example/mcp/"])).rejects.toThrow(InvalidTargetError);
    await expect(narrowResources(context, [bare.identifier], ["https://slashed.example"])).rejects.toThrow();
  });

  test("of two that were registered as spellings of one, each is found by its exact spelling", async () => {
    const context = buildContext();
    for (const identifier of ["https://twice.example/", "https://twice.example"]) {
      registerApi(context, { identifier });
    }
    for (const identifier of ["https://twice.example", "https://twice.example/"]) {
      expect(await resolveResources(context, [identifier])).toMatchObject([{ identifier }]);
    }
  });

  test("of such two, a grant for one never yields a token for the other (§2.2)", async () => {
    const context = buildContext();
    const pair = ["https://twice.example", "https://twice.example/"];
    for (const identifier of pair) registerApi(context, { identifier });
    for (const granted of pair) {
      for (const requested of [[], pair.slice(0, 1), pair.slice(1), pair]) {
        const narrowed = await narrowResources(context, [granted], requested);
        expect(narrowed.map(({ identifier }) => identifier)).toEqual([granted]);
      }
    }
    expect(await narrowResources(context, pair, pair)).toHaveLength(2);
  });

  test("nor once its API is deleted", async () => {
    const context = buildContext();
    registerApi(context, { identifier: "https://again.example/" });
    for (const requested of [[], ["https://again.example"], ["https://again.example/"]]) {
      const narrowed = narrowResources(context, ["https://again.example"], requested);
      await expect(narrowed).rejects.toThrow(InvalidTargetError);
    }
  });

  test("§2.2: grants are narrowed and never widened", async () => {
    const context = buildContext();
    const [one, other] = [registerApi(context), registerApi(context)];
    const granted = [one.identifier];
    expect(await narrowResources(context, granted, [])).toMatchObject([{ identifier: one.identifier }]);
    expect(await narrowResources(context, granted, granted)).toMatchObject([{ identifier: one.identifier }]);
    await expect(narrowResources(context, granted, [other.identifier])).rejects.toThrow(InvalidTargetError);
    await expect(narrowResources(context, [], [one.identifier])).rejects.toThrow(InvalidTargetError);
  });

  test("a token for an API contains no scope that the API doesn't have", () => {
    const context = buildContext();
    const reading = registerApi(context, { scopes: ["read"] });
    const mailing = registerApi(context, { scopes: ["email"] });
    expect(restrictScopes([reading], ["read", "write"])).toEqual(["read"]);
    expect(restrictScopes([reading, mailing], ["email", "read", "write"])).toEqual(["email", "read"]);
    expect(restrictScopes([], ["read", "write"])).toEqual(["read", "write"]);
    expect(() => restrictScopes([mailing], ["read"])).toThrow(InvalidScopeError);
  });
});
