import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { authorizePath } from "../support/browser-client";
import { type Answer, type Sending, send } from "../support/http";
import { introspect, obtainOwnToken, revokeToken } from "../support/introspection-client";
import {
  authorizationOf,
  createPkcePair,
  credentialsOf,
  exchangeOf,
  refreshOf,
  requestToken,
} from "../support/token-client";
import { test } from "../support/vitest";

/** RFC 9700 §2.6, case 122: scripts from an application's own origins, at the endpoints that clients call directly. */

const createOrigin = () => `https://${randomUUID()}.example.test`;

/** Next.js adds the headers by which its own pages vary. */
const variesByOrigin = expect.stringMatching(/(^|, )Origin(,|$)/);

const endpoints = ["/o/token/", "/o/token", "/o/revoke_token/", "/o/par/", "/o/device-authorization/"];

function sendPreflight(path: string, origin: string | null, method = "POST"): Promise<Answer> {
  const headers = {
    "Access-Control-Request-Method": method,
    "Access-Control-Request-Headers": "authorization,content-type,dpop",
  };
  return send("OPTIONS", path, { headers: origin === null ? headers : { ...headers, Origin: origin } });
}

function corsHeadersOf({ headers }: Answer): string[] {
  return Object.keys(headers).filter((name) => name.startsWith("access-control-"));
}

test.for(endpoints)("a preflight at %s is allowed for the origin of any application", async (path, { portal }) => {
  const origin = createOrigin();
  await portal.createPublicApplication({ allowedOrigins: [origin] });
  const answer = await sendPreflight(path, origin);
  expect([answer.status, answer.text]).toEqual([204, ""]);
  expect(answer.headers).toMatchObject({
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "Authorization, Content-Type, DPoP",
    "access-control-max-age": "7200",
    vary: variesByOrigin,
  });
  // Cookies are ignored at these endpoints, and no script sends any.
  expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
});

test("a preflight from any other origin is refused, and so is one from a disabled application's", async ({
  portal,
}) => {
  const [origin, disabled] = [createOrigin(), createOrigin()];
  await portal.createPublicApplication({ allowedOrigins: [origin] });
  await portal.disableApplication(await portal.createPublicApplication({ allowedOrigins: [disabled] }));
  const others = [
    ...[disabled, createOrigin(), origin.replace("https:", "http:"), `${origin}:443`, `${origin}/`],
    ...[`${origin}.evil.test`, origin.toUpperCase(), "null", "*", "https://", "%", `${origin}, ${createOrigin()}`],
  ];
  for (const path of endpoints) {
    for (const other of [...others, null]) {
      const answer = await sendPreflight(path, other);
      expect([answer.status, corsHeadersOf(answer)], `${path} ${other}`).toEqual([204, []]);
      expect(answer.headers.vary, `${path} ${other}`).toEqual(variesByOrigin);
    }
  }
});

test("case 122: a browser application signs in, refreshes and signs out with scripts of its origin", async ({
  portal,
  person,
}) => {
  const origin = createOrigin();
  const application = await portal.createPublicApplication({ allowedOrigins: [origin, createOrigin()] });
  const sending = { headers: { Origin: origin } };
  const { verifier, challenge } = createPkcePair();
  const request = authorizationOf(application, { code_challenge: challenge, code_challenge_method: "S256" });
  const exchange = exchangeOf(application, await person.obtainCode(request), { code_verifier: verifier });
  const first = await requestToken(exchange, sending);
  const second = await requestToken(refreshOf(application, first.refreshToken), sending);
  const refused = await requestToken(refreshOf(application, "unknown"), sending);
  const revoked = await revokeToken(application, { token: second.refreshToken }, sending);
  expect([first.status, second.status, refused.status, revoked.status]).toEqual([200, 200, 400, 200]);
  for (const answer of [first, second, refused, revoked]) {
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": origin,
      "access-control-expose-headers": "DPoP-Nonce, WWW-Authenticate, Retry-After",
      vary: variesByOrigin,
    });
    expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
  }
});

test("scripts from another application's origin, or none, may not read the answers", async ({ portal }) => {
  const [origin, foreign] = [createOrigin(), createOrigin()];
  const machine = await portal.createMachine({ allowedOrigins: [origin] });
  await portal.createMachine({ allowedOrigins: [foreign] });
  const request = { grant_type: "client_credentials", ...credentialsOf(machine) };
  for (const other of [foreign, createOrigin(), "null", `${origin}/`]) {
    const sending = { headers: { Origin: other } };
    expect(corsHeadersOf(await requestToken(request, sending))).toEqual([]);
    expect(corsHeadersOf(await revokeToken(machine, { token: "x" }, sending))).toEqual([]);
  }
  expect(corsHeadersOf(await requestToken(request))).toEqual([]);
  // Before the client is known, every application's origin gets the same answer: nothing reveals which one is whose.
  const unproven = { ...request, client_secret: "wrong" };
  for (const known of [origin, foreign]) {
    const answer = await requestToken(unproven, { headers: { Origin: known } });
    expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([401, known]);
  }
  expect(corsHeadersOf(await requestToken(unproven, { headers: { Origin: createOrigin() } }))).toEqual([]);
});

const form = { "Content-Type": "application/x-www-form-urlencoded" };

/** What each endpoint refuses before it knows the client. */
const earlyErrors: Record<string, [status: number, method: string, sending: Sending]> = {
  "a body of another type": [415, "POST", { headers: { "Content-Type": "application/json" }, body: "{}" }],
  "a body without a type": [415, "POST", { body: "client_id=x" }],
  "broken percent-encoding": [400, "POST", { headers: form, body: "client_id=%E0%A4%A" }],
  "bytes that aren't UTF-8": [400, "POST", { headers: form, body: Buffer.from("client_id=\xff", "latin1") }],
  "a repeated parameter": [400, "POST", { headers: form, body: "client_id=a&client_id=b&token=x&grant_type=y" }],
  "two ways to authenticate": [
    400,
    "POST",
    {
      headers: { ...form, Authorization: "Basic YTpi" },
      body: "client_secret=x&token=x&grant_type=authorization_code",
    },
  ],
  "a body that is too large": [413, "POST", { headers: form, body: `client_id=${"a".repeat(200_000)}` }],
  "an unknown client": [401, "POST", { headers: form, body: "client_id=unknown&token=x&grant_type=refresh_token" }],
  "no client": [401, "POST", { headers: form, body: "token=x&grant_type=refresh_token" }],
  "a malformed Authorization header": [
    401,
    "POST",
    { headers: { ...form, Authorization: "Basic ?" }, body: "token=x&grant_type=refresh_token" },
  ],
  "another method": [405, "PUT", {}],
  "a method that no endpoint knows": [405, "TRACE", {}],
  GET: [405, "GET", {}],
};

test.for(endpoints)(
  "%s: an error before the client is known is readable where the preflight promised it",
  async (path, { portal }) => {
    const origin = createOrigin();
    await portal.createPublicApplication({ allowedOrigins: [origin] });
    // A separate network: unknown clients of one network count together (docs/adr/0030), and other tests have some too.
    const network = `127.0.23.${10 + endpoints.indexOf(path)}`;
    const others = [createOrigin(), "null", `${origin}/`, `${origin}.evil.test`];
    for (const [fault, [status, method, sending]] of Object.entries(earlyErrors)) {
      const ask = (Origin: string) =>
        send(method, path, { ...sending, from: network, headers: { ...sending.headers, Origin } });
      const answer = await ask(origin);
      expect([answer.status, answer.headers["access-control-allow-origin"]], fault).toEqual([status, origin]);
      expect(answer.headers, fault).toMatchObject({
        "access-control-expose-headers": "DPoP-Nonce, WWW-Authenticate, Retry-After",
        vary: variesByOrigin,
      });
      // The front knows no applications: what it answers, any web page may read.
      if (method === "TRACE") continue;
      for (const other of others) expect(corsHeadersOf(await ask(other)), `${fault} ${other}`).toEqual([]);
    }
  },
);

test("errors are readable by every site's scripts wherever the answers are", async () => {
  const paths = [
    ...["/o/.well-known/openid-configuration", "/.well-known/openid-configuration/o", "/o/.well-known/jwks.json"],
    ...["/.well-known/oauth-authorization-server/o", "/o/.well-known/oauth-authorization-server"],
    ...["/.well-known/oauth-protected-resource/resource"],
  ];
  const headers = { Origin: createOrigin() };
  for (const path of paths) {
    for (const method of ["POST", "PUT", "DELETE", "TRACE"]) {
      const answer = await send(method, path, { headers });
      expect([answer.status, answer.headers["access-control-allow-origin"]], `${method} ${path}`).toEqual([405, "*"]);
    }
  }
  const unknown = await send("GET", "/.well-known/oauth-protected-resource/unknown", { headers });
  expect([unknown.status, unknown.headers["access-control-allow-origin"]]).toEqual([404, "*"]);
});

test("RFC 9700 §2.6: never at the authorization endpoint, nor on pages and for servers", async ({ portal, person }) => {
  const origin = createOrigin();
  const application = await portal.createApplication({
    allowedOrigins: [origin],
    grantTypes: ["authorization_code", "client_credentials"],
  });
  const headers = { Origin: origin };
  const answers = [
    await person.get(authorizePath(authorizationOf(application)), headers),
    await person.get(authorizePath(authorizationOf(application, { prompt: "none" })), headers),
    await sendPreflight("/o/authorize/", origin, "GET"),
    await sendPreflight("/o/authorize/", origin),
    await person.get("/login", headers),
    await person.get("/o/applications/", headers),
    await introspect(application, await obtainOwnToken(application), { headers }),
    await introspect({ ...application, clientSecret: "wrong" }, "x", { headers }),
    await send("POST", "/o/introspect/", { headers, body: "token=x" }),
    await send("POST", "/o/introspect/", { headers: { ...headers, ...form }, body: "a".repeat(200_000) }),
    await send("GET", "/o/introspect/", { headers }),
    await sendPreflight("/o/introspect/", origin),
  ];
  for (const answer of answers) expect(corsHeadersOf(answer)).toEqual([]);
});
