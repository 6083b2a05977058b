import { toSid } from "./session-id";
import { findSector, type SubjectClient } from "./subject";

/** A client that a user had signed in to from a session that ended. */
export interface SessionParticipant {
  sessionId: string;
  user: { id: string; subject: string };
  client: SubjectClient & { id: string };
}

/** The pairwise subjects of several users at once, created if there are none yet. */
export type FindOrCreatePairwise = (
  pairs: readonly { userId: string; sector: string }[],
) => Promise<readonly { userId: string; sector: string; subject: string }[]>;

/** The `sub` and `sid` by which a client knows the user and the session (OpenID Connect Back-Channel Logout §2.4). */
export interface LogoutSubject {
  applicationId: string;
  subject: string;
  sid: string;
}

/** The content of the logout tokens for these participants, in the same order. */
export async function listLogoutSubjects(
  participants: readonly SessionParticipant[],
  findOrCreatePairwise: FindOrCreatePairwise,
): Promise<LogoutSubject[]> {
  const known = participants.map((participant) => ({ ...participant, sector: findPairwiseSector(participant.client) }));
  const pairs = known.flatMap(({ user, sector }) => (sector === null ? [] : [{ userId: user.id, sector }]));
  const subjects = pairs.length > 0 ? await findOrCreatePairwise(pairs) : [];
  return known.map(({ sessionId, user, client, sector }) => ({
    applicationId: client.id,
    subject: sector === null ? user.subject : pick(subjects, user.id, sector),
    sid: toSid(sessionId, client.id),
  }));
}

/** Null for a client that knows users by their public subjects. */
function findPairwiseSector(client: SubjectClient): string | null {
  return client.subjectType === "pairwise" ? findSector(client) : null;
}

function pick(subjects: Awaited<ReturnType<FindOrCreatePairwise>>, userId: string, sector: string): string {
  const found = subjects.find((pair) => pair.userId === userId && pair.sector === sector);
  if (!found) throw new Error("A pairwise subject was neither found nor created.");
  return found.subject;
}
