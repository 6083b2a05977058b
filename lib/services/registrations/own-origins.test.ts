import { describe, expect, test } from "vitest";
import { followRedirectUris } from "./own-origins";

const published = (...redirectUris: string[]) => ({ clientType: "public", redirectUris });

describe("RFC 9700 §2.6: the origins of a client that registers itself", () => {
  test.each([
    [["https://app.example/cb", "https://app.example/other?x"], ["https://app.example"]],
    [["http://localhost:6274/oauth/callback"], ["http://localhost:6274"]],
    [
      ["http://127.0.0.1/cb", "http://[::1]:1/cb"],
      ["http://127.0.0.1", "http://[::1]:1"],
    ],
    [["cursor://anysphere/cb", "com.example.app:/cb"], []],
    // Allowed by a development switch, and not a secure context.
    [["http://intranet.example/cb"], []],
    [[], []],
  ])("%j: %j", (redirectUris, expected) => {
    expect(followRedirectUris(null, published(...redirectUris))).toEqual(expected);
    expect(followRedirectUris(null, { clientType: "confidential", redirectUris })).toEqual([]);
  });

  test("an update moves them along", () => {
    const before = {
      ...published("https://a.example/cb", "https://b.example/cb"),
      allowedOrigins: ["https://a.example"],
    };
    // Here, b was removed and c added.
    const changed = { ...before, allowedOrigins: [...before.allowedOrigins, "https://c.example"] };
    const after = published("https://b.example/cb", "https://d.example/cb");
    expect(followRedirectUris(changed, after)).toEqual(["https://c.example", "https://d.example"]);
    expect(followRedirectUris(changed, before)).toEqual(changed.allowedOrigins);
    expect(followRedirectUris(changed, { ...after, clientType: "confidential" })).toEqual(["https://c.example"]);
  });
});
