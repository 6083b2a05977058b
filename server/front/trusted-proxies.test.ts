import { describe, expect, test } from "vitest";
import { createClientAddressFinder } from "./trusted-proxies";

const find = createClientAddressFinder(["10.0.0.0/8", "192.0.2.1", "fd00::/8"]);

describe("X-Forwarded-For is read from its end, through trusted proxies", () => {
  test.each([
    ["10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"],
    ["::ffff:10.0.0.1", "203.0.113.9 ,192.0.2.1,fd00::7", "203.0.113.9"],
    ["fd00::1", "2001:DB8:0::9", "2001:db8::9"],
    ["10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"],
    ["10.0.0.1", "203.0.113.9:4711", "203.0.113.9"],
    ["10.0.0.1", "[2001:db8::9]:4711", "2001:db8::9"],
    ["10.0.0.1", "[2001:db8::9]", "2001:db8::9"],
  ])("%s says %s: %s", (peer, header, client) => {
    expect(find(peer, header)).toBe(client);
  });

  test("a request from within the trusted network comes from the furthest hop in it", () => {
    expect(find("10.0.0.1", "10.0.0.3, 10.0.0.2")).toBe("10.0.0.3");
    expect(find("10.0.0.1", undefined)).toBe("10.0.0.1");
    expect(find("10.0.0.1", "")).toBe("10.0.0.1");
  });
});

describe("attack 52: a forged header has no effect", () => {
  test("the client's own entries come before those that the proxy added", () => {
    expect(find("10.0.0.1", "198.51.100.7, 203.0.113.9")).toBe("203.0.113.9");
    expect(find("10.0.0.1", "10.0.0.9, 203.0.113.9")).toBe("203.0.113.9");
    expect(find("10.0.0.1", "nonsense, 203.0.113.9")).toBe("203.0.113.9");
  });

  test("from a peer that isn't a trusted proxy it is ignored", () => {
    expect(find("203.0.113.9", "198.51.100.7")).toBe("203.0.113.9");
    expect(find("11.0.0.1", "198.51.100.7, 10.0.0.1")).toBe("11.0.0.1");
    expect(find("192.0.2.2", "198.51.100.7")).toBe("192.0.2.2");
    expect(createClientAddressFinder([])("127.0.0.1", "198.51.100.7")).toBe("127.0.0.1");
  });

  test.each([
    "a",
    "unknown",
    "",
    " ",
    "010.0.0.1",
    "1.2.3",
    "203.0.113.9:",
    "[::1",
    "203.0.113.9;",
    "::1]:80",
    "1.2.3.4:123456",
  ])("an entry that is no address (%j) leaves the peer", (entry) => {
    expect(find("10.0.0.1", `198.51.100.7,${entry}`)).toBe("10.0.0.1");
    expect(find("10.0.0.1", `198.51.100.7,${entry},192.0.2.1`)).toBe("10.0.0.1");
  });
});

test("a connection without an address, such as a closed one, has none", () => {
  expect(find(undefined, "198.51.100.7")).toBe("");
});
