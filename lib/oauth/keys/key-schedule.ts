import { type SigningAlgorithm, signingAlgorithms } from "../wire/algorithms";

/** How long, in seconds, anyone may keep a copy of the published keys. */
export const keySetMaxAge = 3600;

/**
 * Seconds from the publication of a key to its first signature, so that every older copy has expired by then. More than
 * a copy's age, as another process publishes the key only after reading the table again.
 */
export const publicationLead = keySetMaxAge + 600;

export interface ScheduledKey {
  algorithm: SigningAlgorithm;
  /** It signs until the next key of its algorithm takes over. */
  signsFrom: Date;
}

/** The key that signs at a moment: the latest that is active, or the first to become active if none is yet. */
export function findSigner<Key extends ScheduledKey>(
  keys: readonly Key[],
  algorithm: SigningAlgorithm,
  at: Date,
): Key | undefined {
  const own = sortByStart(keys.filter((key) => key.algorithm === algorithm));
  return own.findLast(({ signsFrom }) => signsFrom <= at) ?? own[0];
}

/** The key that takes over from this one; undefined if none is there yet. */
export function findSuccessor<Key extends ScheduledKey>(keys: readonly Key[], key: ScheduledKey): Key | undefined {
  return sortByStart(keys).find(
    ({ algorithm, signsFrom }) => algorithm === key.algorithm && signsFrom.getTime() > key.signsFrom.getTime(),
  );
}

/**
 * The algorithms to make a key for: those without any, and those whose newest one has been signing for `minimumAge`
 * seconds. While a key is waiting to become active, no second one is due.
 */
export function findDueAlgorithms(keys: readonly ScheduledKey[], at: Date, minimumAge: number): SigningAlgorithm[] {
  const latestStart = at.getTime() - minimumAge * 1000;
  return signingAlgorithms.filter((wanted) =>
    keys.every(({ algorithm, signsFrom }) => algorithm !== wanted || signsFrom.getTime() <= latestStart),
  );
}

function sortByStart<Key extends ScheduledKey>(keys: readonly Key[]): Key[] {
  return keys.toSorted((one, other) => one.signsFrom.getTime() - other.signsFrom.getTime());
}
