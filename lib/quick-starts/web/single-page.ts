import { isPlain, type QuickStartFacts, signsUsersIn } from "../facts";
import { lines, packageJson, type QuickStart, quote, sitePaths } from "../quick-start";

/** A page without a server, with oidc-client-ts. */
export function writeSinglePage(facts: QuickStartFacts): QuickStart | null {
  const { kind, dpopBoundAccessTokens } = facts.application;
  const bindsTokens = dpopBoundAccessTokens;
  const application = { ...facts.application, dpopBoundAccessTokens: false };
  // The library can bind tokens, and nothing else that is special.
  if (!isPlain({ ...facts, application }) || !signsUsersIn(facts) || !facts.isPublic || kind === "native") return null;
  return {
    files: [
      packageJson(
        { start: `vite --host ${facts.host} --port ${facts.port} --strictPort` },
        { "oidc-client-ts": "3.5.0", vite: "8.3.8" },
      ),
      { path: "index.html", code: page },
      { path: "main.js", code: writeMain(facts, bindsTokens) },
    ],
    commands: ["npm install", "npm start"],
    open: `${facts.origin}${sitePaths(facts).home}`,
    redirectUri: facts.redirectUri,
  };
}

const page = lines(
  "<!doctype html>",
  '<html lang="en">',
  "  <head>",
  '    <meta charset="utf-8" />',
  "    <title>Example</title>",
  "  </head>",
  "  <body>",
  '    <p id="who"></p>',
  '    <button id="sign-in">Sign in</button>',
  '    <script type="module" src="/main.js"></script>',
  "  </body>",
  "</html>",
);

function writeMain(facts: QuickStartFacts, bindsTokens: boolean): string {
  return lines(
    `import { ${bindsTokens ? "IndexedDbDPoPStore, " : ""}UserManager } from "oidc-client-ts";`,
    "",
    "const users = new UserManager({",
    `  authority: ${quote(facts.issuer)},`,
    `  client_id: ${quote(facts.clientId)},`,
    `  redirect_uri: ${quote(facts.redirectUri)},`,
    `  scope: ${quote(facts.scope)},`,
    "  loadUserInfo: true,",
    bindsTokens && "  dpop: { store: new IndexedDbDPoPStore() },",
    "});",
    "",
    'document.querySelector("#sign-in").addEventListener("click", () => users.signinRedirect());',
    "",
    `if (location.pathname === ${quote(facts.callbackPath)} && location.search.includes("state=")) {`,
    "  await users.signinCallback();",
    `  history.replaceState(null, "", ${quote(sitePaths(facts).home)});`,
    "}",
    "const user = await users.getUser();",
    'const who = user ? `Signed in as ${user.profile.name ?? user.profile.sub}` : "Not signed in";',
    'document.querySelector("#who").textContent = who;',
  );
}
