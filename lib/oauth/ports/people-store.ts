import type { StandardClaims } from "./standard-claims";

/** People, as far as the claims about them go. */
export interface PersonStore {
  /** What is known of a person, under its names on the wire; null where there is no such person. */
  findClaims(userId: string): Promise<StandardClaims | null>;
}

/** Whom people are for the applications of a sector (OpenID Connect Core §8.1). */
export interface SubjectStore {
  /** The person's subject in this sector, made at the first call; all parallel calls are answered the same. */
  findOrCreate(userId: string, sector: string): Promise<string>;
  /** The person whose subject this is in the sector. */
  findUser(subject: string, sector: string): Promise<string | null>;
}
