import { describe, expect, test } from "vitest";
import { readIdentifiers } from "./read-identifiers";

const id = "kq3Zr7-xT_9b.example~1";

describe("an identifier is found", () => {
  test.each([
    id,
    `  ${id}\n`,
    `"${id}"`,
    `client_id=${id}`,
    `client_id: ${id}`,
    `client_id:${id}`,
    `{"client_id":"${id}","grant_type":"x"}`,
    `https://id.example/o/authorize?response_type=code&client_id=${id}&scope=openid`,
    `203.0.113.7 - - [27/Nov/2026:22:10:01 +0000] "GET /o/authorize?client_id=${id}&state=1 HTTP/1.1" 400 512`,
    `level=warn msg="unknown client" client=${id}.`,
    `OAUTH_CLIENT_ID='${id}'`,
  ])("in %s", (text) => {
    expect(readIdentifiers(text)).toContain(id);
  });

  test("if it is an address itself, and encoded in another", () => {
    const address = "https://client.example/metadata?v=2";
    expect(readIdentifiers(address)).toContain(address);
    expect(readIdentifiers(`/o/authorize?client_id=${encodeURIComponent(address)}&scope=x`)).toContain(address);
  });
});

test("a long text gives a bounded number of them, and none that no identifier is as long as", () => {
  expect(readIdentifiers("a b c ".repeat(10_000)).length).toBeLessThanOrEqual(40);
  expect(readIdentifiers(Array.from({ length: 5000 }, (_, index) => `w${index}`).join(" "))).toHaveLength(40);
  expect(readIdentifiers("x".repeat(300))).toEqual([]);
});

test("what isn't encoded right stays as it is", () => {
  expect(readIdentifiers("100%")).toEqual(["100%"]);
  expect(readIdentifiers("   ")).toEqual([]);
});
