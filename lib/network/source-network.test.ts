import { describe, expect, test } from "vitest";
import { toRateLimitNetwork } from "./source-network";

describe("what counts as one source", () => {
  test.each([
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::ffff", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
  ])("%s is %s", (address, source) => {
    expect(toRateLimitNetwork(address)).toBe(source);
  });

  test("all unknown addresses are one source", () => {
    expect(toRateLimitNetwork(null)).toBe("unknown");
  });
});
