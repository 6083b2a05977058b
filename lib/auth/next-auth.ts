import "server-only";
import NextAuth, { type DefaultSession } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "@/lib/env";
import { type CurrentSession, findSession } from "./session-store";

declare module "next-auth" {
  interface User {
    sessionToken?: string;
  }
  interface Session extends DefaultSession {
    current?: CurrentSession;
  }
}

declare module "@auth/core/jwt" {
  interface JWT {
    sessionToken?: string;
    current?: CurrentSession;
  }
}

/**
 * next-auth keeps the browser's cookie: encrypted, HttpOnly, SameSite=Lax. What it holds is the token of a session row,
 * and the row decides on every use. Its own routes are not mounted, so there is no way to sign in but `sign-in.ts`.
 */
export const { auth, signIn, signOut } = NextAuth(() => {
  const { AUTH_SECRET, PUBLIC_URL, SESSION_LIFETIME } = env();
  return {
    secret: AUTH_SECRET,
    trustHost: true,
    useSecureCookies: PUBLIC_URL.startsWith("https:"),
    session: { strategy: "jwt", maxAge: SESSION_LIFETIME },
    pages: { signIn: "/login", error: "/login" },
    providers: [
      Credentials({
        credentials: { sessionToken: {} },
        async authorize({ sessionToken }) {
          if (typeof sessionToken !== "string") return null;
          const session = await findSession(sessionToken, new Date());
          return session && { id: session.user.id, sessionToken };
        },
      }),
    ],
    callbacks: {
      async jwt({ token, user }) {
        if (user?.sessionToken) return { sub: token.sub, sessionToken: user.sessionToken };
        const current = token.sessionToken ? await findSession(token.sessionToken, new Date()) : null;
        return current && { sub: token.sub, sessionToken: token.sessionToken, current };
      },
      session({ session, token }) {
        return token.current ? { ...session, current: token.current } : session;
      },
    },
    logger: { error() {}, warn() {} },
  };
});
