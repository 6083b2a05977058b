import "server-only";
import { cache } from "react";
import { auth } from "./next-auth";
import type { CurrentSession } from "./session-store";

/** Who is signed in at this browser, looked up once per request; null for nobody. */
export const getCurrentSession = cache(async (): Promise<CurrentSession | null> => (await auth())?.current ?? null);
