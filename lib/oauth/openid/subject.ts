import { assuresClientIdentity } from "../client/redirect-uri";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import { deviceCodeGrant } from "../ports/types";
import { isUrl } from "../wire/is-url";
import { isCanonicalUuid } from "../wire/uuid";

/** The ID of no user: a request about it can't be answered about anyone. */
export const nobody = "00000000-0000-0000-0000-000000000000";

/** OpenID Connect Core §2: at most 255 ASCII characters. */
export function isSubject(text: string): boolean {
  return /^[\x21-\x7e]{1,255}$/.test(text);
}

/** What a client's subjects depend on. */
export type SubjectClient = Pick<
  Client,
  "clientId" | "subjectType" | "sectorIdentifierUri" | "redirectUris" | "grantTypes"
>;

type SectorClient = Omit<SubjectClient, "subjectType">;

/**
 * The applications that know a user by the same pairwise subject: those of one sector identifier, else of the one host
 * of all redirect URIs (OpenID Connect Core §8.1). An application that has neither, or that could get tokens without
 * receiving a code there, is its own sector (docs/adr/0028).
 */
export function findSector(client: SectorClient): string {
  // No host has a space in it.
  const own = `client ${client.clientId}`;
  if (!provesSector(client)) return own;
  if (client.sectorIdentifierUri !== null) return new URL(client.sectorIdentifierUri).hostname;
  const [host, ...others] = listHosts(client.redirectUris);
  return host !== undefined && others.length === 0 ? host : own;
}

/**
 * Whether every token about a user takes a code that went to one of the redirect URIs, and whether these are where only
 * their host's owner receives it. Naming a foreign host or its list proves nothing: a device gets its tokens elsewhere,
 * and any app on the user's device may listen at a loopback port or a private-use scheme, whose "host" anyone can
 * choose.
 */
export function provesSector({ grantTypes, redirectUris }: Pick<Client, "grantTypes" | "redirectUris">): boolean {
  return (
    grantTypes.includes("authorization_code") &&
    !grantTypes.includes(deviceCodeGrant) &&
    redirectUris.length > 0 &&
    redirectUris.every(assuresClientIdentity)
  );
}

/** Whether the change from `before` would give the client subjects that it had no right to. */
export function entersOtherSector(before: SubjectClient, after: SubjectClient): boolean {
  if (after.subjectType === "public") return false;
  return before.subjectType === "public" || findSector(before) !== findSector(after);
}

/** The different hosts of redirect URIs, ports aside. */
export function listHosts(redirectUris: readonly string[]): string[] {
  return [...new Set(redirectUris.filter((uri) => isUrl(uri)).map((uri) => new URL(uri).hostname))];
}

/** A user, with their public subject if it has been read already. */
export interface SubjectOwner {
  id: string;
  subject?: string | null;
}

/** The `sub` by which a client knows a user (OpenID Connect Core §8): never given to anyone else. */
export async function findSubject(
  context: OAuthContext,
  client: SubjectClient,
  { id, subject }: SubjectOwner,
): Promise<string> {
  const { subjects } = context.stores;
  if (client.subjectType === "pairwise") return subjects.findOrCreate(id, findSector(client));
  return subject ?? subjects.findPublic(id);
}

/** The ID of the user that a client knows by this `sub`; null if there can't be one. */
export async function findUserOfSubject(
  context: OAuthContext,
  client: SubjectClient,
  subject: string,
): Promise<string | null> {
  if (!isSubject(subject)) return null;
  const { subjects } = context.stores;
  return client.subjectType === "public"
    ? subjects.findUserByPublic(subject)
    : subjects.findUser(subject, findSector(client));
}

/**
 * Whether a `sub` that belongs to no user may have belonged to one: users have a UUID unless imported with another
 * subject.
 */
export function couldBePublic({ subjectType }: Pick<Client, "subjectType">, subject: string): boolean {
  return subjectType === "public" && isCanonicalUuid(subject);
}
