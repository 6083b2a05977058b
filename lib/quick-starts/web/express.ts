import { isPlain, type QuickStartFacts, signsUsersIn } from "../facts";
import { discovery } from "../other/node-program";
import { exportSecrets, lines, packageJson, type QuickStart, quote, sitePaths } from "../quick-start";

/** Express with openid-client. */
export function writeExpress(facts: QuickStartFacts): QuickStart | null {
  if (!isPlain(facts) || !signsUsersIn(facts)) return null;
  return {
    files: [
      packageJson(
        { start: "node server.js" },
        { express: "5.3.0", "express-session": "1.19.0", "openid-client": "6.9.0" },
      ),
      { path: "server.js", code: writeServer(facts) },
    ],
    commands: ["npm install", ...exportSecrets(facts, "SESSION_SECRET"), "npm start"],
    open: `${facts.origin}${sitePaths(facts).home}`,
    redirectUri: facts.redirectUri,
  };
}

function writeServer(facts: QuickStartFacts): string {
  const { home, login } = sitePaths(facts);
  const isSecure = facts.origin.startsWith("https:");
  return lines(
    'import express from "express";',
    'import session from "express-session";',
    'import * as client from "openid-client";',
    "",
    `const origin = ${quote(facts.origin)};`,
    `const redirectUri = ${quote(facts.redirectUri)};`,
    "",
    ...discovery(facts),
    "",
    "const app = express();",
    isSecure && 'app.set("trust proxy", 1);',
    "app.use(",
    "  session({",
    "    secret: process.env.SESSION_SECRET,",
    "    resave: false,",
    "    saveUninitialized: false,",
    `    cookie: { sameSite: "lax", secure: ${isSecure} },`,
    "  }),",
    ");",
    "",
    `app.get(${quote(home)}, (request, response) => {`,
    "  const { user } = request.session;",
    `  if (!user) return response.redirect(${quote(login)});`,
    '  response.type("text/plain").send(`Signed in as ${user.name ?? user.sub}`);',
    "});",
    "",
    `app.get(${quote(login)}, async (request, response) => {`,
    "  const verifier = client.randomPKCECodeVerifier();",
    "  const state = client.randomState();",
    "  request.session.pending = { verifier, state };",
    "  const link = client.buildAuthorizationUrl(config, {",
    "    redirect_uri: redirectUri,",
    `    scope: ${quote(facts.scope)},`,
    "    state,",
    "    code_challenge: await client.calculatePKCECodeChallenge(verifier),",
    '    code_challenge_method: "S256",',
    "  });",
    "  response.redirect(link.href);",
    "});",
    "",
    `app.get(${quote(facts.callbackPath)}, async (request, response) => {`,
    "  const { pending } = request.session;",
    `  if (!pending) return response.redirect(${quote(login)});`,
    "  const tokens = await client.authorizationCodeGrant(config, new URL(request.originalUrl, origin), {",
    "    pkceCodeVerifier: pending.verifier,",
    "    expectedState: pending.state,",
    "    idTokenExpected: true,",
    "  });",
    "  const user = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);",
    "  // A new session, so that nobody can have planted its ID.",
    "  request.session.regenerate(() => {",
    "    request.session.user = user;",
    `    response.redirect(${quote(home)});`,
    "  });",
    "});",
    "",
    `app.listen(${facts.port});`,
  );
}
