import { expect, test } from "vitest";
import { isInNetworks, parseAddress, parseNetwork, parseNetworks } from "./networks";

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["::ffff:c000:201", "192.0.2.1"],
  ["0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"],
  ["2001:0DB8:0:0:0:0:0:1", "2001:db8::1"],
  ["2001:db8::0001", "2001:db8::1"],
  ["fe80::1%eth0", "fe80::1"],
  ["::192.0.2.1", "::c000:201"],
])("%s is %s", (text, address) => {
  expect(parseAddress(text)?.toString()).toBe(address);
});

test.each([
  "",
  " ",
  "a",
  "unknown",
  "_hidden",
  "010.0.0.1",
  "0x7f.0.0.1",
  "127.1",
  "2130706433",
  "256.0.0.1",
  "1.2.3.4.5",
  "192.0.2.1:80",
  "[::1]",
  ":::",
  "::1]/[::",
  "12345::",
  "%eth0",
])("%s is no address", (text) => {
  expect(parseAddress(text)).toBeNull();
});

test.each([
  ["10.1.2.3", true],
  ["::ffff:10.1.2.3", true],
  ["11.0.0.1", false],
  ["192.0.2.7", true],
  ["192.0.2.8", false],
  ["fd00:0:0:0::9", true],
  ["fe00::1", false],
])("%s in 10.0.0.0/8, 192.0.2.7, fd00::/8: %s", (text, expected) => {
  const address = parseAddress(text);
  expect(address && isInNetworks(address, parseNetworks(["10.0.0.0/8", "192.0.2.7", "fd00::/8"]))).toBe(expected);
});

test.each([
  ["10.0.0.0/8", true],
  ["192.0.2.7", true],
  ["fd00::/8", true],
  ["::1", true],
  ["10/8", false],
  ["10.0.0.0/33", false],
  ["fd00::/129", false],
  ["10.0.0.0/", false],
  ["10.0.0.0/8/8", false],
  ["10.0.0.0/-1", false],
  ["example.com", false],
])("%s names a network: %s", (text, expected) => {
  expect(parseNetwork(text) !== null).toBe(expected);
});
