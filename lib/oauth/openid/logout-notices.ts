import { toSid } from "./session-id";
import { findSector, type SubjectClient } from "./subject";

/** A client that a user had signed in to from a session that has ended. */
export interface SessionParticipant {
  sessionId: string;
  user: { id: string; subject: string };
  client: SubjectClient & { id: string };
}

/** The pairwise subjects of several users at once, made if there are none yet. */
export type FindOrCreatePairwise = (
  pairs: readonly { userId: string; sector: string }[],
) => Promise<readonly { userId: string; sector: string; subject: string }[]>;

/** By which `sub` and `sid` a client knows the user and the session (OpenID Connect Back-Channel Logout §2.4). */
export interface LogoutSubject {
  applicationId: string;
  subject: string;
  sid: string;
}

/** What the logout tokens for these participants have to name, in their order. */
export async function listLogoutSubjects(
  participants: readonly SessionParticipant[],
  findOrCreatePairwise: FindOrCreatePairwise,
): Promise<LogoutSubject[]> {
  const pairs = participants
    .filter(({ client }) => client.subjectType === "pairwise")
    .map(({ user, client }) => ({ userId: user.id, sector: findSector(client) }));
  const subjects = pairs.length > 0 ? await findOrCreatePairwise(pairs) : [];
  const toSubject = ({ user, client }: SessionParticipant): string => {
    if (client.subjectType === "public") return user.subject;
    const sector = findSector(client);
    const found = subjects.find((pair) => pair.userId === user.id && pair.sector === sector);
    if (!found) throw new Error("A pairwise subject was neither found nor created.");
    return found.subject;
  };
  return participants.map((participant) => ({
    applicationId: participant.client.id,
    subject: toSubject(participant),
    sid: toSid(participant.sessionId, participant.client.id),
  }));
}
