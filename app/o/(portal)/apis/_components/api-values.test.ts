import { describe, expect, test } from "vitest";
import { readApiValues, toApiInput } from "./api-values";

const sent: Record<string, string[]> = {
  identifier: ["https://api.example.com"],
  name: ["Orders"],
  scopes: ["read", "write"],
  token_format: ["jwt"],
  access_token_lifetime: [" 300 "],
  resource_servers: ["one\r\n two,three "],
};

describe("the form of an API", () => {
  test("becomes the use cases' input; a client ID may contain commas", () => {
    expect(toApiInput(readApiValues((name) => sent[name] ?? []))).toEqual({
      identifier: "https://api.example.com",
      name: "Orders",
      scopes: ["read", "write"],
      tokenFormat: "jwt",
      accessTokenLifetime: 300,
      resourceServers: ["one", "two,three"],
    });
  });

  test("an empty lifetime is the server's default", () => {
    expect(toApiInput(readApiValues(() => []))).toMatchObject({ accessTokenLifetime: null, resourceServers: [] });
  });

  test.each(["an hour", "1e3", "0x3c", "-60", "60.5"])("%s is no number of seconds", (text) => {
    const values = { ...readApiValues(() => []), access_token_lifetime: text };
    expect(toApiInput(values).accessTokenLifetime).toBeNaN();
  });
});
