import type { Client } from "../client";
import type { OAuthContext } from "../context";

const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a client's subjects depend on. */
export type SubjectClient = Pick<Client, "clientId" | "subjectType" | "sectorIdentifierUri" | "redirectUris">;

/**
 * The applications that know a person by the same pairwise subject: those of one sector identifier, else of the one host
 * that all redirect URIs have (OpenID Connect Core §8.1). An application without either is a sector of its own.
 */
export function findSector(client: SubjectClient): string {
  if (client.sectorIdentifierUri !== null) return new URL(client.sectorIdentifierUri).hostname;
  const [host, ...others] = listHosts(client.redirectUris);
  // No host has a space in it.
  return host && others.length === 0 ? host : `client ${client.clientId}`;
}

/** The different hosts of redirect URIs, ports aside; an app's own scheme has none, which is one of its own: "". */
export function listHosts(redirectUris: readonly string[]): string[] {
  return [...new Set(redirectUris.filter((uri) => URL.canParse(uri)).map((uri) => new URL(uri).hostname))];
}

/** The `sub` by which a client knows a person (OpenID Connect Core §8): never given to anyone else. */
export async function findSubject(context: OAuthContext, client: SubjectClient, userId: string): Promise<string> {
  if (client.subjectType === "public") return userId;
  return context.stores.subjects.findOrCreate(userId, findSector(client));
}

/** The id of the person whom a client knows by this `sub`; null where it can be nobody's. */
export async function findUserOfSubject(
  context: OAuthContext,
  client: SubjectClient,
  subject: string,
): Promise<string | null> {
  if (!uuidPattern.test(subject)) return null;
  return client.subjectType === "public" ? subject : context.stores.subjects.findUser(subject, findSector(client));
}
