import { authMethodOf, isPlain, type QuickStartFacts, signsUsersIn } from "../facts";
import { exportSecrets, lines, type QuickStart, quote, sitePaths } from "../quick-start";

/** Flask with Authlib. */
export function writeFlask(facts: QuickStartFacts): QuickStart | null {
  if (!isPlain(facts) || !signsUsersIn(facts)) return null;
  const { home, login } = sitePaths(facts);
  const program = lines(
    "import os",
    "",
    "from authlib.integrations.flask_client import OAuth",
    "from flask import Flask, redirect, session",
    "",
    "app = Flask(__name__)",
    'app.secret_key = os.environ["SESSION_SECRET"]',
    // Flask's default is to send the cookie over http as well.
    facts.origin.startsWith("https:") && "app.config.update(SESSION_COOKIE_SECURE=True)",
    "",
    "oauth = OAuth(app)",
    ...registration(facts),
    "",
    "",
    `@app.get(${quote(home)})`,
    "def home():",
    '    user = session.get("user")',
    "    if not user:",
    `        return redirect(${quote(login)})`,
    `    return f"Signed in as {user.get('name', user['sub'])}", {"Content-Type": "text/plain; charset=utf-8"}`,
    "",
    "",
    `@app.get(${quote(login)})`,
    "def login():",
    `    return oauth.latchkey.authorize_redirect(${quote(facts.redirectUri)})`,
    "",
    "",
    `@app.get(${quote(facts.callbackPath)})`,
    "def callback():",
    "    token = oauth.latchkey.authorize_access_token()",
    "    session.clear()",
    '    session["user"] = dict(oauth.latchkey.userinfo(token=token))',
    `    return redirect(${quote(home)})`,
  );
  return {
    files: [
      { path: "requirements.txt", code: lines("Authlib==1.9.10", "Flask==3.1.3", "requests==2.34.2") },
      { path: "app.py", code: program },
    ],
    commands: [
      ...virtualEnvironment,
      ...exportSecrets(facts, "SESSION_SECRET"),
      `flask run --host ${facts.host} --port ${facts.port}`,
    ],
    open: `${facts.origin}${home}`,
    redirectUri: facts.redirectUri,
  };
}

/** Starlette, and so FastAPI, with Authlib. */
export function writeStarlette(facts: QuickStartFacts): QuickStart | null {
  if (!isPlain(facts) || !signsUsersIn(facts)) return null;
  const { home, login } = sitePaths(facts);
  const isSecure = facts.origin.startsWith("https:");
  const program = lines(
    "import os",
    "",
    "from authlib.integrations.starlette_client import OAuth",
    "from starlette.applications import Starlette",
    "from starlette.middleware import Middleware",
    "from starlette.middleware.sessions import SessionMiddleware",
    "from starlette.responses import PlainTextResponse, RedirectResponse",
    "from starlette.routing import Route",
    "",
    "oauth = OAuth()",
    ...registration(facts),
    "",
    "",
    "async def home(request):",
    '    user = request.session.get("user")',
    "    if not user:",
    `        return RedirectResponse(${quote(login)})`,
    `    return PlainTextResponse(f"Signed in as {user.get('name', user['sub'])}")`,
    "",
    "",
    "async def login(request):",
    `    return await oauth.latchkey.authorize_redirect(request, ${quote(facts.redirectUri)})`,
    "",
    "",
    "async def callback(request):",
    "    token = await oauth.latchkey.authorize_access_token(request)",
    "    request.session.clear()",
    '    request.session["user"] = dict(await oauth.latchkey.userinfo(token=token))',
    `    return RedirectResponse(${quote(home)})`,
    "",
    "",
    "app = Starlette(",
    "    routes=[",
    `        Route(${quote(home)}, home),`,
    `        Route(${quote(login)}, login),`,
    `        Route(${quote(facts.callbackPath)}, callback),`,
    "    ],",
    "    middleware=[",
    `        Middleware(SessionMiddleware, secret_key=os.environ["SESSION_SECRET"], https_only=${isSecure ? "True" : "False"}),`,
    "    ],",
    ")",
  );
  const requirements = [
    "Authlib==1.9.10",
    "httpx==0.28.1",
    "itsdangerous==2.2.0",
    "starlette==1.10.0",
    "uvicorn==0.54.0",
  ];
  return {
    files: [
      { path: "requirements.txt", code: lines(...requirements) },
      { path: "app.py", code: program },
    ],
    commands: [
      ...virtualEnvironment,
      ...exportSecrets(facts, "SESSION_SECRET"),
      `uvicorn app:app --host ${facts.host} --port ${facts.port}`,
    ],
    open: `${facts.origin}${home}`,
    redirectUri: facts.redirectUri,
  };
}

export const virtualEnvironment = [
  "python3 -m venv .venv",
  ". .venv/bin/activate",
  "pip install --requirement requirements.txt",
];

function registration(facts: QuickStartFacts): string[] {
  return [
    "oauth.register(",
    '    "latchkey",',
    `    client_id=${quote(facts.clientId)},`,
    ...(facts.isPublic ? [] : ['    client_secret=os.environ["CLIENT_SECRET"],']),
    `    server_metadata_url=${quote(`${facts.issuer}/.well-known/openid-configuration`)},`,
    "    client_kwargs={",
    `        "scope": ${quote(facts.scope)},`,
    '        "code_challenge_method": "S256",',
    `        "token_endpoint_auth_method": ${quote(authMethodOf(facts))},`,
    "    },",
    ")",
  ];
}
