import "server-only";
import NextAuth from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { cookieAttributes, type HostCookie, hostCookieName, sealLifetime } from "@/lib/auth/cookies";
import { currentSettings } from "@/lib/current-settings";
import { deployment } from "@/lib/deployment";

declare module "next-auth" {
  interface User {
    sessionToken?: string;
  }
}

declare module "@auth/core/jwt" {
  interface JWT {
    sessionToken?: string;
  }
}

/**
 * next-auth seals the browser's cookie: encrypted, HttpOnly, SameSite=Lax. It contains the token of a session row,
 * which `lib/auth/session-cookie.ts` reads: next-auth turns any error in its callbacks into "nobody is signed in", so
 * it doesn't look sessions up (docs/adr/0035). Its own routes are not mounted, so `completeSignIn` is the only way to
 * sign in.
 */
export const { signIn } = NextAuth(() => {
  const { publicUrl, sessionLifetime } = currentSettings();
  const cookie = (name: HostCookie) => ({ name: hostCookieName(name), options: cookieAttributes() });
  return {
    secret: deployment().authSecret,
    trustHost: true,
    useSecureCookies: publicUrl.startsWith("https:"),
    cookies: { sessionToken: cookie("session"), callbackUrl: cookie("callback"), csrfToken: cookie("csrf") },
    session: { strategy: "jwt", maxAge: sessionLifetime },
    jwt: { maxAge: sealLifetime },
    pages: { signIn: "/login", error: "/login" },
    providers: [
      Credentials({
        credentials: { sessionToken: {} },
        authorize: ({ sessionToken }) => (typeof sessionToken === "string" ? { sessionToken } : null),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user?.sessionToken ? { sessionToken: user.sessionToken } : token),
    },
    logger: { error() {}, warn() {} },
  };
});
