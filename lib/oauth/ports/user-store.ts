import type { StandardClaims } from "./standard-claims";

/** Users and the claims about them. */
export interface UserStore {
  /** The claims of a user, by their names on the wire; null if there is no such user. */
  findClaims(userId: string): Promise<StandardClaims | null>;
}

/** Whom users are for applications (OpenID Connect Core §8). No client id is ever a subject. */
export interface SubjectStore {
  /** The subject of the user for every application that gets no pairwise one (§8.1). */
  findPublic(userId: string): Promise<string>;
  /** The user whose public subject this is, letter by letter. */
  findUserByPublic(subject: string): Promise<string | null>;
  /** The person's subject in this sector, made at the first call; all parallel calls are answered the same. */
  findOrCreate(userId: string, sector: string): Promise<string>;
  /** The person whose subject this is in the sector. */
  findUser(subject: string, sector: string): Promise<string | null>;
}
