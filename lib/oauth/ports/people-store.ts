import type { StandardClaims } from "./standard-claims";

/** Users and the claims about them. */
export interface PersonStore {
  /** The claims of a user, by their names on the wire; null if there is no such user. */
  findClaims(userId: string): Promise<StandardClaims | null>;
}

/** Whom people are for the applications of a sector (OpenID Connect Core §8.1). */
export interface SubjectStore {
  /** The person's subject in this sector, made at the first call; all parallel calls are answered the same. */
  findOrCreate(userId: string, sector: string): Promise<string>;
  /** The person whose subject this is in the sector. */
  findUser(subject: string, sector: string): Promise<string | null>;
}
