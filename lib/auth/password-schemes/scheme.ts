/** One way of hashing passwords. Each has a file here and a line in `schemes.mjs`, which the worker loads too. */
export interface PasswordScheme {
  /** The work of comparing with this hash, in units of `toWork`; null if the scheme didn't produce it. */
  readWork(hash: string): number | null;
  /** Only in a worker thread: it can take long. */
  verify(password: string, hash: string): boolean | Promise<boolean>;
}

/** A scheme that can hash new passwords. */
export interface HashingScheme extends PasswordScheme {
  /** Only in a worker thread. */
  hash(password: string, cost: number): string;
}

/** A password hash with the name of its scheme. */
export interface StoredHash {
  scheme: string;
  hash: string;
}
