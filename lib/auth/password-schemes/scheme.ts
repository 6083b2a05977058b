/** A way in which passwords are hashed. Each has a file here and a line in `schemes.mjs`, which a worker loads too. */
export interface PasswordScheme {
  /** How much work it is to compare with this hash, as `toWork` counts; null if it is no hash of the scheme. */
  readWork(hash: string): number | null;
  /** In a worker thread only: it may take long. */
  verify(password: string, hash: string): boolean;
}

/** One that new hashes are made by. */
export interface HashingScheme extends PasswordScheme {
  /** In a worker thread only. */
  hash(password: string, cost: number): string;
}

/** A hash of a password with the name of its scheme. */
export interface StoredHash {
  scheme: string;
  hash: string;
}
