import { beforeAll, expect } from "vitest";
import { baseUrl } from "../support/environment";
import type { Portal, TestApplication } from "../support/portal";
import { findSharedServer, type SharedServer } from "../support/shared-server";
import { credentialsOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

/** More wrong secrets than one network may send for one client. */
const tooMany = 31;

/** The tests act as its proxy: they connect from 127.0.0.1. */
let behindProxy: SharedServer;

beforeAll(async () => {
  behindProxy = await findSharedServer({ TRUSTED_PROXIES: "127.0.0.1" });
});

/** Requests a token through the proxy, or at the server that trusts none. */
function ask(machine: TestApplication, forwardedFor: string | string[], { base = behindProxy.baseUrl } = {}) {
  const request = { grant_type: "client_credentials", ...credentialsOf(machine) };
  return requestToken(request, { base, headers: { "X-Forwarded-For": forwardedFor } });
}

/** The last answer to a series of wrong secrets. */
async function guess(machine: TestApplication, forwardedFor: (index: number) => string, options?: { base: string }) {
  const statuses: number[] = [];
  for (let index = 0; index < tooMany; index += 1) {
    const guessed = { ...machine, clientSecret: `guess ${index}` };
    statuses.push((await ask(guessed, forwardedFor(index), options)).status);
  }
  expect(statuses.slice(0, -1)).toEqual(Array(tooMany - 1).fill(401));
  return statuses.at(-1);
}

/** The same application with a wrong secret: a correct one is accepted whatever others have tried. */
const mistaken = (machine: TestApplication) => ({ ...machine, clientSecret: "a wrong secret" });

/** The recorded origin of a secret's last use. */
async function readAddress(portal: Portal, { id }: TestApplication): Promise<string | null | undefined> {
  const secret = await portal.database.clientSecret.findFirst({ where: { applicationId: id } });
  return secret?.lastUsedFrom;
}

test.for<[what: string, header: string | string[], address: string]>([
  ["the address that the proxy added", "203.0.113.9", "203.0.113.9"],
  ["not what the client wrote before it", "198.51.100.7, 203.0.113.9", "203.0.113.9"],
  ["not what the client sent as a header of its own", ["198.51.100.7", "203.0.113.9"], "203.0.113.9"],
  ["an IPv6 address in its one spelling", "2001:0DB8:0:0::0009", "2001:db8::9"],
  ["the proxy, where the entry is no address", "203.0.113.9, unknown", "127.0.0.1"],
])("behind a trusted proxy the client is %s", async ([, header, address], { portal }) => {
  const machine = await portal.createMachine();
  expect((await ask(machine, header)).status).toBe(200);
  expect(await readAddress(portal, machine)).toBe(address);
});

test("attack 52: without a trusted proxy the header changes nothing", async ({ portal }) => {
  const base = baseUrl;
  const machine = await portal.createMachine();
  expect((await ask(machine, "203.0.113.9", { base })).status).toBe(200);
  expect(await readAddress(portal, machine)).toBe("127.0.0.1");
  expect(await guess(machine, (index) => `203.0.113.${index}`, { base })).toBe(429);
});

test("attack 52: behind one, a forged address doesn't evade the limit, and its neighbors are not limited", async ({
  portal,
}) => {
  const machine = await portal.createMachine();
  expect(await guess(machine, (index) => `198.51.100.${index}, 10.0.0.${index}, 203.0.113.20`)).toBe(429);
  expect((await ask(mistaken(machine), "203.0.113.20")).status).toBe(429);
  expect((await ask(mistaken(machine), "203.0.113.21")).status).toBe(401);
});

test("attack 52: an IPv6 /64 counts as one, whichever address and spelling", async ({ portal }) => {
  const machine = await portal.createMachine();
  const spell = (index: number) => {
    const host = (0x1000 + index).toString(16);
    return [`2001:db8:0:42::${host}`, `2001:0DB8:0000:0042:0:0:${host}:1`, `[2001:db8::42:${host}:0:0:2]:443`][
      index % 3
    ];
  };
  expect(await guess(machine, (index) => spell(index) ?? "")).toBe(429);
  expect((await ask(mistaken(machine), "2001:db8:0:42:ffff::")).status).toBe(429);
  expect((await ask(mistaken(machine), "2001:db8:0:43::1")).status).toBe(401);
});
