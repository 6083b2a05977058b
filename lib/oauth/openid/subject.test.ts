import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { deviceCodeGrant } from "../ports/types";
import { buildClient } from "../testing/builders";
import { buildContext } from "../testing/test-context";
import { entersOtherSector, findSector, findSubject, findUserOfSubject } from "./subject";

test("a public subject is the user's ID, for every client", async () => {
  const context = buildContext();
  expect(await findSubject(context, buildClient(), context.user)).toBe(context.user.id);
  expect(await findUserOfSubject(context, buildClient(), context.user.id)).toBe(context.user.id);
});

test("an imported user keeps their subject, separate from the ID", async () => {
  const context = buildContext();
  const user = { id: randomUUID(), username: "brought", disabled: false, subject: "auth0|5f7c8ec7c33c6c004bbafe82" };
  context.stores.saveUser(user);
  for (const known of [{ id: user.id }, user]) {
    expect(await findSubject(context, buildClient(), known)).toBe(user.subject);
  }
  expect(await findUserOfSubject(context, buildClient(), user.subject)).toBe(user.id);
  for (const other of [user.id, user.subject.toUpperCase(), `${user.subject} `, `${user.subject}\0`, ""]) {
    expect(await findUserOfSubject(context, buildClient(), other), other).toBeNull();
  }
  const pairwise = buildClient({ subjectType: "pairwise" });
  expect(await findUserOfSubject(context, pairwise, user.subject)).toBeNull();
  expect(await findSubject(context, pairwise, user)).not.toBe(user.subject);
});

test("RFC 9700 §4.15: a client ID can't be a subject", async () => {
  const context = buildContext();
  const client = buildClient();
  context.stores.saveClient(client);
  const user = { id: randomUUID(), username: "brought", disabled: false };
  expect(() => context.stores.saveUser({ ...user, subject: client.clientId })).toThrow();
  expect(() => context.stores.saveClient(buildClient({ clientId: context.user.id }))).toThrow();
});

test("OpenID Connect Core §8.1: one pairwise subject per sector, another outside, and each leads back", async () => {
  const context = buildContext();
  const [one, same] = [buildClient({ subjectType: "pairwise" }), buildClient({ subjectType: "pairwise" })];
  const other = buildClient({ subjectType: "pairwise", redirectUris: ["https://other.example/callback"] });
  const subject = await findSubject(context, one, context.user);
  expect(subject).not.toBe(context.user.id);
  expect(await findSubject(context, same, context.user)).toBe(subject);
  expect(await findSubject(context, other, context.user)).not.toBe(subject);
  expect(await findUserOfSubject(context, one, subject)).toBe(context.user.id);
  expect(await findUserOfSubject(context, other, subject)).toBeNull();
  expect(await findUserOfSubject(context, one, "anything")).toBeNull();
});

test("the sector: of its identifier, else the one host, else the client itself", () => {
  const redirectUris = ["https://a.example/cb", "https://b.example/cb"];
  expect(findSector(buildClient({ redirectUris, sectorIdentifierUri: "https://s.example/uris" }))).toBe("s.example");
  expect(findSector(buildClient({ redirectUris: ["https://a.example/1", "https://a.example/2"] }))).toBe("a.example");
  // A port is no part of the host.
  const ports = ["https://a.example:8443/cb", "https://a.example/cb"];
  expect(findSector(buildClient({ redirectUris: ports }))).toBe("a.example");
  const sectorIdentifierUri = "https://s.example:8443/uris";
  expect(findSector(buildClient({ redirectUris, sectorIdentifierUri }))).toBe("s.example");
  const [one, other] = [buildClient({ redirectUris }), buildClient({ redirectUris })];
  expect(findSector(one)).not.toBe(findSector(other));
});

describe("OpenID Connect Core §8.1: a sector requires a redirect URI in use, with which only its host's owner gets the code", () => {
  const victim = "https://victim.example/callback";
  const sectorIdentifierUri = "https://victim.example/sector.json";
  const code = "authorization_code";

  test.each([
    ["no redirect URI", { redirectUris: [], grantTypes: [deviceCodeGrant], sectorIdentifierUri }],
    ["no redirect URI, but the code grant", { redirectUris: [], sectorIdentifierUri }],
    ["a redirect URI that no grant uses", { redirectUris: [victim], grantTypes: ["client_credentials"] }],
    ["the device grant alone", { redirectUris: [victim], grantTypes: [deviceCodeGrant, "refresh_token"] }],
    ["the device grant beside the code grant", { redirectUris: [victim], grantTypes: [code, deviceCodeGrant] }],
    [
      "the same in a listed sector",
      { redirectUris: [victim], grantTypes: [code, deviceCodeGrant], sectorIdentifierUri },
    ],
    ["a private-use scheme that names a host", { redirectUris: ["com.evil.app://victim.example/callback"] }],
    ["a private-use scheme", { redirectUris: ["com.victim.app:/callback"], sectorIdentifierUri }],
    ["a loopback port", { redirectUris: ["http://127.0.0.1/callback"], sectorIdentifierUri }],
    ["one that any app may take among others", { redirectUris: [victim, "http://[::1]/cb"], sectorIdentifierUri }],
    ["plain http", { redirectUris: ["http://victim.example/callback"] }],
    ["several hosts", { redirectUris: [victim, "https://evil.example/callback"] }],
  ])("%s: a sector of its own", (_name, values) => {
    const [one, other] = [buildClient(values), buildClient(values)];
    expect(findSector(one)).toBe(`client ${one.clientId}`);
    expect(findSector(other)).not.toBe(findSector(one));
  });

  test("no client's own sector has the name of a host", () => {
    expect(findSector(buildClient({ clientId: "victim.example", redirectUris: [] }))).toBe("client victim.example");
    expect(URL.canParse("https://client victim.example/")).toBe(false);
  });

  test("a change enters another sector if the subjects differ from before", () => {
    const before = buildClient({ subjectType: "pairwise" });
    const moved = { ...before, redirectUris: [victim] };
    expect(entersOtherSector(before, moved)).toBe(true);
    expect(entersOtherSector(before, { ...before, redirectUris: ["https://app.example/other"] })).toBe(false);
    expect(entersOtherSector({ ...moved, subjectType: "public" }, moved)).toBe(true);
    expect(entersOtherSector(before, { ...moved, subjectType: "public" })).toBe(false);
    expect(entersOtherSector({ ...moved, grantTypes: [code, deviceCodeGrant] }, moved)).toBe(true);
    expect(entersOtherSector(moved, { ...moved, sectorIdentifierUri })).toBe(false);
  });
});
