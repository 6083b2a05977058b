import "server-only";
import { cache } from "react";
import { auth } from "./next-auth";
import type { CurrentSession } from "./session-store";

/** Who is signed in at this browser, looked up once per request; null for nobody. */
export const getCurrentSession = cache(async (): Promise<CurrentSession | null> => {
  const current = (await auth())?.current;
  // next-auth hands it over as JSON, which has no dates.
  return current ? { ...current, authenticatedAt: new Date(current.authenticatedAt) } : null;
});
