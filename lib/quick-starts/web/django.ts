import { authMethodOf, isPlain, type QuickStartFacts, signsUsersIn } from "../facts";
import { exportSecrets, lines, type QuickStart, quote, sitePaths } from "../quick-start";
import { virtualEnvironment } from "./python";

/** Django with mozilla-django-oidc, which finds its users by their e-mail address. */
export function writeDjango(facts: QuickStartFacts): QuickStart | null {
  // The library can't do without a secret.
  if (!isPlain(facts) || !signsUsersIn(facts) || facts.isPublic) return null;
  if (!facts.scope.split(" ").includes("email")) return null;
  return {
    files: [
      { path: "requirements.txt", code: lines("Django==5.2.19", "mozilla-django-oidc==5.0.2") },
      { path: "manage.py", code: manage },
      { path: "settings.py", code: writeSettings(facts) },
      { path: "urls.py", code: writeUrls(facts) },
    ],
    commands: [
      ...virtualEnvironment,
      ...exportSecrets(facts, "SECRET_KEY"),
      "python manage.py migrate",
      `python manage.py runserver ${facts.host}:${facts.port}`,
    ],
    open: `${facts.origin}${sitePaths(facts).home}`,
    redirectUri: facts.redirectUri,
  };
}

const manage = lines(
  "import os",
  "import sys",
  "",
  "from django.core.management import execute_from_command_line",
  "",
  'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")',
  "execute_from_command_line(sys.argv)",
);

function writeSettings(facts: QuickStartFacts): string {
  const { home } = sitePaths(facts);
  const isSecure = facts.origin.startsWith("https:");
  return lines(
    "import os",
    "from pathlib import Path",
    "",
    'SECRET_KEY = os.environ["SECRET_KEY"]',
    `ALLOWED_HOSTS = [${quote(new URL(facts.origin).hostname)}]`,
    'ROOT_URLCONF = "urls"',
    'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": Path(__file__).parent / "db.sqlite3"}}',
    isSecure && "SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True",
    isSecure && 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")',
    "INSTALLED_APPS = [",
    '    "django.contrib.auth",',
    '    "django.contrib.contenttypes",',
    '    "django.contrib.sessions",',
    '    "mozilla_django_oidc",',
    "]",
    "MIDDLEWARE = [",
    '    "django.middleware.security.SecurityMiddleware",',
    '    "django.contrib.sessions.middleware.SessionMiddleware",',
    '    "django.middleware.csrf.CsrfViewMiddleware",',
    '    "django.contrib.auth.middleware.AuthenticationMiddleware",',
    "]",
    'AUTHENTICATION_BACKENDS = ["mozilla_django_oidc.auth.OIDCAuthenticationBackend"]',
    `LOGIN_REDIRECT_URL = ${quote(home)}`,
    "",
    `OIDC_RP_CLIENT_ID = ${quote(facts.clientId)}`,
    'OIDC_RP_CLIENT_SECRET = os.environ["CLIENT_SECRET"]',
    `OIDC_RP_SCOPES = ${quote(facts.scope)}`,
    `OIDC_RP_SIGN_ALGO = ${quote(facts.application.idTokenSignedResponseAlg)}`,
    `OIDC_OP_AUTHORIZATION_ENDPOINT = ${quote(facts.endpoint("authorization"))}`,
    `OIDC_OP_TOKEN_ENDPOINT = ${quote(facts.endpoint("token"))}`,
    `OIDC_OP_USER_ENDPOINT = ${quote(facts.endpoint("userinfo"))}`,
    `OIDC_OP_JWKS_ENDPOINT = ${quote(facts.endpoint("keySet"))}`,
    "OIDC_USE_PKCE = True",
    `OIDC_TOKEN_USE_BASIC_AUTH = ${authMethodOf(facts) === "client_secret_basic" ? "True" : "False"}`,
  );
}

function writeUrls(facts: QuickStartFacts): string {
  const { home, login } = sitePaths(facts);
  const route = (path: string) => quote(path.slice(1));
  return lines(
    "from django.contrib.auth.decorators import login_required",
    "from django.http import HttpResponse",
    "from django.urls import path",
    "from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView",
    "",
    "",
    '@login_required(login_url="oidc_authentication_init")',
    "def home(request):",
    '    return HttpResponse(f"Signed in as {request.user.email}", content_type="text/plain; charset=utf-8")',
    "",
    "",
    "urlpatterns = [",
    `    path(${route(home)}, home),`,
    `    path(${route(login)}, OIDCAuthenticationRequestView.as_view(), name="oidc_authentication_init"),`,
    `    path(${route(facts.callbackPath)}, OIDCAuthenticationCallbackView.as_view(), name="oidc_authentication_callback"),`,
    "]",
  );
}
