import type { CurrentSession } from "@/lib/auth/session-store";
import { currentTime } from "@/lib/clock";
import { currentSettings } from "@/lib/current-settings";
import { type ServiceContext, userActor } from "@/lib/services/context";
import { clientOrigin } from "./client-origin";

/** The context of a use case for the user who is signed in at this browser, or for nobody. */
export function serviceContext(session: CurrentSession | null, headers: Headers): ServiceContext {
  const actor = session && userActor(session.user);
  const [sessionId, passwordConfirmedAt] = [session?.id ?? null, session?.passwordConfirmedAt ?? null];
  return {
    actor,
    ...clientOrigin(headers),
    sessionId,
    passwordConfirmedAt,
    now: currentTime,
    settings: currentSettings(),
  };
}
