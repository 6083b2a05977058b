import { encode } from "next-auth/jwt";
import { hostCookieName, sealLifetime } from "@/lib/auth/cookies";
import { createSession } from "@/lib/auth/testing/create-session";
import { currentTime } from "@/lib/clock";
import { randomToken } from "@/lib/oauth/wire/digest";
import { BrowserClient } from "./browser-client";
import { baseUrl } from "./environment";
import type { TestUser } from "./portal";
import { noteSecret } from "./secrets-seen";

/**
 * A browser with a session of the user that was inserted into the database: no page, and no password to hash. Signing
 * in has its own tests.
 */
export async function openSession({ id }: Pick<TestUser, "id">, base = baseUrl): Promise<BrowserClient> {
  const browserId = randomToken();
  const origin = { browserId, ipAddress: "127.0.0.1", userAgent: null };
  const { token: sessionToken } = await createSession(id, origin, currentTime());
  noteSecret(sessionToken);
  const secret = process.env.AUTH_SECRET ?? "";
  const salt = hostCookieName("session");
  const sealed = await encode({ token: { sessionToken }, secret, salt, maxAge: sealLifetime });
  const browser = new BrowserClient({ base });
  browser.setCookie("browser", browserId);
  browser.setCookie("session", sealed);
  return browser;
}
