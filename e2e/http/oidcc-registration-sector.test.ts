import { decodeJwt } from "jose";
import { expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { answerDevice } from "../support/device-client";
import { expectOAuthError } from "../support/expectations";
import { postForm, send } from "../support/http";
import { bearer } from "../support/openid";
import { startRegistrationWithSite, toTestApplication } from "../support/registering";
import { toUpdate } from "../support/registration";
import { authorizationOf, credentialsOf, exchangeOf, parseJson, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

const { servers, site, register, refuse } = startRegistrationWithSite();

const [one, two] = ["https://one.example.test/callback", "https://two.example.test/callback"];
const pairwise = { subject_type: "pairwise", token_endpoint_auth_method: "client_secret_post" };

test("oidcc-registration-sector-uri: a list with every redirect URI makes them one sector", async () => {
  const sector_identifier_uri = site.publish("/sector", [one, two, "https://three.example.test/callback"]);
  const redirect_uris = [one, two];
  const client = await register({ ...pairwise, redirect_uris, sector_identifier_uri });
  expect(client.body).toMatchObject({ ...pairwise, redirect_uris, sector_identifier_uri });
  expect(site.count("/sector")).toBe(1);
});

test("oidcc-registration-sector-bad: a list without the redirect URI is invalid_client_metadata", async () => {
  const sector_identifier_uri = site.publish("/other-sector", ["https://other.example.test/callback"]);
  for (const redirect_uris of [[one], ["https://other.example.test/callback", one]]) {
    expect(await refuse({ ...pairwise, redirect_uris, sector_identifier_uri })).toBe("invalid_client_metadata");
  }
  // It would be one update away from pairwise.
  expect(await refuse({ redirect_uris: [one], sector_identifier_uri })).toBe("invalid_client_metadata");
});

test("what isn't a list, is unavailable, or is at a forbidden address is refused the same way", async () => {
  const addresses = [
    site.publish("/object", { redirect_uris: [one] }),
    site.publish("/mixed", [one, 1]),
    site.publish("/page", Buffer.from(JSON.stringify([one])), "text/html"),
    site.url("/nothing"),
    "https://169.254.169.254/latest/meta-data/",
    "https://localhost/sector",
    "http://app.example.test/sector",
  ];
  for (const sector_identifier_uri of addresses) {
    const error = await refuse({ ...pairwise, redirect_uris: [one], sector_identifier_uri });
    expect({ sector_identifier_uri, error }).toEqual({ sector_identifier_uri, error: "invalid_client_metadata" });
  }
});

test("a network can cause a limited number of lists to be fetched per hour: then 429, and no request is sent", async () => {
  const sector_identifier_uri = site.publish("/often", []);
  await servers.forgetSectorFetches();
  const client = await register({ redirect_uris: [one] });
  const update = (change: object) =>
    servers.manage("PUT", client.clientId, { token: client.registrationToken, body: toUpdate(client, change) });
  const answers = await Promise.all(Array.from({ length: 60 }, () => update({ sector_identifier_uri })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
  const refused = await update({ sector_identifier_uri });
  expectOAuthError(refused, 429, "invalid_request");
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  expect(site.count("/often")).toBe(60);
  // Others continue, and so does this one without a sector.
  expect((await update({})).status).toBe(200);
  await servers.forgetSectorFetches();
});

test("an update is checked against the list again, and a refused one changes nothing", async () => {
  const sector_identifier_uri = site.publish("/changing", [one]);
  const client = await register({ ...pairwise, redirect_uris: [one], sector_identifier_uri });
  const token = client.registrationToken;
  const body = toUpdate(client, { redirect_uris: [one, two] });
  const refused = await servers.manage("PUT", client.clientId, { token, body });
  expect(refused.body.error).toBe("invalid_client_metadata");
  site.publish("/changing", [one, two]);
  const updated = await servers.manage("PUT", client.clientId, { token, body });
  expect(updated.body).toMatchObject({ redirect_uris: [one, two] });
});

test("OpenID Connect Core §8.1: one sub per sector, another outside, and in every token the client's own", async ({
  portal,
  user,
}) => {
  const browser = new BrowserClient({ base: servers.tokenBase, origin: servers.tokenBase });
  await browser.signIn(user);
  const sector_identifier_uri = site.publish("/shared", [one, two]);
  const registered = await Promise.all([
    register({ ...pairwise, redirect_uris: [one], sector_identifier_uri }),
    register({ ...pairwise, redirect_uris: [two], sector_identifier_uri }),
    register({ ...pairwise, redirect_uris: [two] }),
  ]);
  const subjects: unknown[] = [];
  for (const application of registered.map(toTestApplication)) {
    const { identifier } = await portal.createApi({ tokenFormat: "jwt" });
    const asked = { scope: "openid read", resource: identifier };
    const code = await browser.obtainCode(authorizationOf(application, asked));
    const at = { base: servers.tokenBase };
    const { body, accessToken } = await requestToken(exchangeOf(application, code), at);
    expect(body).toHaveProperty("id_token");
    const { sub } = decodeJwt(String(body.id_token));
    expect(decodeJwt(accessToken).sub).toBe(sub);
    const question = { token: accessToken, ...credentialsOf(application) };
    const told = parseJson((await postForm("/o/introspect/", question, at)).text);
    expect(told).toMatchObject({ active: true, sub });
    expect(JSON.stringify([body, told])).not.toContain(user.id);
    expect(told).not.toHaveProperty("username");
    subjects.push(sub);
  }
  expect(subjects[1]).toBe(subjects[0]);
  expect(subjects[2]).not.toBe(subjects[0]);
});

test("OpenID Connect Core §8.1: naming a sector, by list or by host, doesn't give a device its subjects", async ({
  user,
}) => {
  const browser = new BrowserClient({ base: servers.tokenBase, origin: servers.tokenBase });
  await browser.signIn(user);
  const at = { base: servers.tokenBase };
  const sector_identifier_uri = site.publish("/victim", [one]);
  const victim = toTestApplication(await register({ ...pairwise, redirect_uris: [one], sector_identifier_uri }));
  const code = await browser.obtainCode(authorizationOf(victim, { scope: "openid" }));
  const subject = decodeJwt(String((await requestToken(exchangeOf(victim, code), at)).body.id_token)).sub;
  const device = "urn:ietf:params:oauth:grant-type:device_code";
  const named = [
    { redirect_uris: [], grant_types: [device], sector_identifier_uri },
    { redirect_uris: [one], grant_types: ["authorization_code", device], sector_identifier_uri },
    { redirect_uris: [two], grant_types: ["authorization_code", device] },
  ];
  const subjects = new Set([user.id, subject]);
  for (const metadata of named) {
    const application = toTestApplication(await register({ ...pairwise, ...metadata }));
    const credentials = credentialsOf(application);
    const asked = parseJson((await postForm("/o/device-authorization/", { ...credentials, scope: "openid" }, at)).text);
    await answerDevice(browser, String(asked.user_code));
    const poll = { ...credentials, grant_type: device, device_code: String(asked.device_code) };
    const { body } = await requestToken(poll, at);
    subjects.add(decodeJwt(String(body.id_token)).sub);
  }
  expect(subjects.size).toBe(2 + named.length);
});

test("RFC 7592 §2.2: a client that moves to another sector keeps no earlier token", async ({ user }) => {
  const browser = new BrowserClient({ base: servers.tokenBase, origin: servers.tokenBase });
  await browser.signIn(user);
  const at = { base: servers.tokenBase };
  const client = await register({ ...pairwise, redirect_uris: [two] });
  const application = toTestApplication(client);
  const code = await browser.obtainCode(authorizationOf(application, { scope: "openid" }));
  const { accessToken } = await requestToken(exchangeOf(application, code), at);
  const body = toUpdate(client, { redirect_uris: [one] });
  expect((await servers.manage("PUT", client.clientId, { token: client.registrationToken, body })).status).toBe(200);
  expect((await send("GET", "/o/userinfo", { ...at, ...bearer(accessToken) })).status).toBe(401);
});
