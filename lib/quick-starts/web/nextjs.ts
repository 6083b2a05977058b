import { authMethodOf, isPlain, type QuickStartFacts, signsUsersIn } from "../facts";
import { exportSecrets, lines, packageJson, type QuickStart, quote } from "../quick-start";
import { quoteForShell } from "../shell";

/** Next.js with next-auth, which decides what the end of a redirect URI looks like. */
export function writeNextjs(all: QuickStartFacts): QuickStart | null {
  if (!isPlain(all) || !signsUsersIn(all)) return null;
  const facts = { ...all, ...moveToLocalhost(all) };
  const [, basePath, id] = /^(.*)\/callback\/([\w-]+)$/.exec(facts.callbackPath) ?? [null, "/api/auth", "latchkey"];
  return {
    files: [
      packageJson(
        { dev: `next dev --hostname ${facts.host} --port ${facts.port}` },
        { next: "16.4.6", "next-auth": "5.0.0-beta.32", react: "19.3.1", "react-dom": "19.3.1" },
      ),
      { path: "auth.js", code: writeAuth(facts, basePath ?? "", id ?? "") },
      {
        path: `app${basePath}/[...nextauth]/route.js`,
        code: lines('import { handlers } from "@/auth";', "", "export const { GET, POST } = handlers;"),
      },
      { path: "app/layout.js", code: layout },
      { path: "app/page.js", code: writePage(id ?? "") },
      { path: "jsconfig.json", code: `${JSON.stringify({ compilerOptions: { paths: { "@/*": ["./*"] } } })}\n` },
    ],
    commands: [
      "npm install",
      ...exportSecrets(facts, "AUTH_SECRET"),
      `export AUTH_URL=${quoteForShell(`${facts.origin}${basePath}`)}`,
      "npm run dev",
    ],
    open: `${facts.origin}/`,
    redirectUri: `${facts.origin}${basePath}/callback/${id}`,
  };
}

/** Next.js rewrites the loopback address in URLs to this name, so the library would come back to another origin. */
function moveToLocalhost({ origin, host }: QuickStartFacts): Pick<QuickStartFacts, "origin" | "host"> {
  const url = new URL(origin);
  if (url.hostname !== host) return { origin, host };
  url.hostname = "localhost";
  return { origin: url.origin, host: "localhost" };
}

function writeAuth(facts: QuickStartFacts, basePath: string, id: string): string {
  return lines(
    'import NextAuth from "next-auth";',
    "",
    "export const { handlers, auth, signIn, signOut } = NextAuth({",
    `  basePath: ${quote(basePath)},`,
    "  providers: [",
    "    {",
    `      id: ${quote(id)},`,
    '      name: "Latchkey",',
    '      type: "oidc",',
    `      issuer: ${quote(facts.issuer)},`,
    `      clientId: ${quote(facts.clientId)},`,
    !facts.isPublic && "      clientSecret: process.env.CLIENT_SECRET,",
    `      client: { token_endpoint_auth_method: ${quote(authMethodOf(facts))} },`,
    `      authorization: { params: { scope: ${quote(facts.scope)} } },`,
    '      checks: ["pkce", "state"],',
    !facts.application.claimsInIdToken && "      // Name and e-mail address come from userinfo.",
    !facts.application.claimsInIdToken && "      idToken: false,",
    "    },",
    "  ],",
    "});",
  );
}

const layout = lines(
  "export default function Layout({ children }) {",
  "  return (",
  '    <html lang="en">',
  "      <body>{children}</body>",
  "    </html>",
  "  );",
  "}",
);

function writePage(id: string): string {
  return lines(
    'import { auth, signIn } from "@/auth";',
    "",
    "export default async function Page() {",
    "  const session = await auth();",
    "  if (session?.user) return <p>Signed in as {session.user.name}</p>;",
    "  async function start() {",
    '    "use server";',
    `    await signIn(${quote(id)});`,
    "  }",
    "  return (",
    "    <form action={start}>",
    "      <button>Sign in</button>",
    "    </form>",
    "  );",
    "}",
  );
}
