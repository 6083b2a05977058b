import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { authorizePath } from "../support/browser-client";
import { type Answer, send } from "../support/http";
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

/** RFC 9700 §2.6, B17, case 122: scripts of an application's own origins at the endpoints that clients call directly. */

const createOrigin = () => `https://${randomUUID()}.example.test`;

/** Next.js adds what its own pages vary by. */
const variesByOrigin = expect.stringMatching(/(^|, )Origin(,|$)/);

const endpoints = ["/o/token/", "/o/token", "/o/revoke_token/", "/o/par/"];

function askAhead(path: string, origin: string | null, method = "POST"): Promise<Answer> {
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
  const answer = await askAhead(path, origin);
  expect([answer.status, answer.text]).toEqual([204, ""]);
  expect(answer.headers).toMatchObject({
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "Authorization, Content-Type, DPoP",
    "access-control-max-age": "7200",
    vary: variesByOrigin,
  });
  // Cookies have no say at these endpoints, and no script sends any.
  expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
});

test("a preflight of any other origin gets no leave, and neither does one of a disabled application", async ({
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
      const answer = await askAhead(path, other);
      expect([answer.status, corsHeadersOf(answer)], `${path} ${other}`).toEqual([204, []]);
      expect(answer.headers.vary, `${path} ${other}`).toEqual(variesByOrigin);
    }
  }
});

test("case 122: an application in a browser signs in, refreshes and signs out by scripts of its origin", async ({
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

test("scripts of another application's origin, or of none, may not read the answers", async ({ portal }) => {
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
  // Whoever isn't the client learns nothing of its origins.
  const unproven = { ...request, client_secret: "wrong" };
  expect(corsHeadersOf(await requestToken(unproven, { headers: { Origin: origin } }))).toEqual([]);
});

test("B17: never at the authorization endpoint, nor where servers and people are", async ({ portal, person }) => {
  const origin = createOrigin();
  const application = await portal.createApplication({
    allowedOrigins: [origin],
    grantTypes: ["authorization_code", "client_credentials"],
  });
  const headers = { Origin: origin };
  const answers = [
    await person.get(authorizePath(authorizationOf(application)), headers),
    await person.get(authorizePath(authorizationOf(application, { prompt: "none" })), headers),
    await askAhead("/o/authorize/", origin, "GET"),
    await askAhead("/o/authorize/", origin),
    await person.get("/login", headers),
    await person.get("/o/applications/", headers),
    await introspect(application, await obtainOwnToken(application), { headers }),
    await introspect({ ...application, clientSecret: "wrong" }, "x", { headers }),
    await askAhead("/o/introspect/", origin),
  ];
  for (const answer of answers) expect(corsHeadersOf(answer)).toEqual([]);
});
