import type { StandardClaims } from "./standard-claims";

/** Users and the claims about them. */
export interface UserStore {
  /** The claims of a user, by their names on the wire; null if there is no such user. */
  findClaims(userId: string): Promise<StandardClaims | null>;
  /** What this server knows of a user beyond the standard claims and gives for these scopes, by claim. */
  findCustomClaims(userId: string, scopes: readonly string[]): Promise<Readonly<Record<string, unknown>>>;
}

/** The groups of users. */
export interface GroupStore {
  /** Whether the user is in one of the groups that were chosen for the application. */
  isChosen(userId: string, applicationId: string): Promise<boolean>;
  /** The names of the user's groups, in alphabetical order, at most `limit`. */
  listNames(userId: string, limit: number): Promise<readonly string[]>;
}

/** The subjects of users (OpenID Connect Core §8). No client ID is ever a subject. */
export interface SubjectStore {
  /** The user's subject for every application without pairwise subjects (§8.1). */
  findPublic(userId: string): Promise<string>;
  /** The user with exactly this public subject. */
  findUserByPublic(subject: string): Promise<string | null>;
  /** The user's subject in this sector, created by the first call; all parallel calls return the same. */
  findOrCreate(userId: string, sector: string): Promise<string>;
  /** The user with this subject in the sector. */
  findUser(subject: string, sector: string): Promise<string | null>;
}
