import type { CurrentSession } from "@/lib/auth/session-store";
import type { Session } from "@/lib/oauth/ports/types";

/** The session in the protocol's terms. */
export function toOAuthSession({ id, user, authenticatedAt, amr }: CurrentSession): Session {
  return { id, userId: user.id, authenticatedAt, amr };
}
