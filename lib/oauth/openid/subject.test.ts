import { expect, test } from "vitest";
import { buildClient } from "../testing/builders";
import { buildContext } from "../testing/test-context";
import { findSector, findSubject, findUserOfSubject } from "./subject";

test("a public subject is the person's id, for every client", async () => {
  const context = buildContext();
  expect(await findSubject(context, buildClient(), context.user.id)).toBe(context.user.id);
  expect(await findUserOfSubject(context, buildClient(), context.user.id)).toBe(context.user.id);
});

test("OpenID Connect Core §8.1: a pairwise subject is one in a sector, another outside, and leads back", async () => {
  const context = buildContext();
  const [one, same] = [buildClient({ subjectType: "pairwise" }), buildClient({ subjectType: "pairwise" })];
  const other = buildClient({ subjectType: "pairwise", redirectUris: ["https://other.example/callback"] });
  const subject = await findSubject(context, one, context.user.id);
  expect(subject).not.toBe(context.user.id);
  expect(await findSubject(context, same, context.user.id)).toBe(subject);
  expect(await findSubject(context, other, context.user.id)).not.toBe(subject);
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
