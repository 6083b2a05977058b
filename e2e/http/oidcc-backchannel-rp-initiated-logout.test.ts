import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BrowserClient } from "../support/browser-client";
import { askSilently, locationOf, logoutPath, type RelyingParty, type SignedIn, signInTo } from "../support/logout";
import { type LogoutAnswer, LogoutReceiver } from "../support/logout-receiver";
import { OwnProvider } from "../support/own-provider";
import type { TestUser } from "../support/portal";
import { authorizationOf } from "../support/token-client";
import { waitFor } from "../support/wait-for";

const provider = new OwnProvider();
const receiver = new LogoutReceiver();
let user: TestUser;

beforeAll(async () => {
  await Promise.all([provider.start(), receiver.start()]);
  user = await provider.createUser();
});

afterAll(async () => {
  receiver.stop();
  await provider.remove();
});

/** An application that listens at a path of the receiver. */
function createListener(path: string, answer?: LogoutAnswer): Promise<RelyingParty> {
  return provider.register({ backchannelLogoutUri: receiver.open(path, answer) });
}

/** A user in a browser who has signed in to these applications, with the ID token of each. */
async function visit(...parties: RelyingParty[]): Promise<{ guest: BrowserClient; visits: SignedIn[] }> {
  const guest = await provider.signIn(user);
  const visits: SignedIn[] = [];
  for (const party of parties) visits.push(await signInTo(guest, party));
  return { guest, visits };
}

const listRows = ({ id }: RelyingParty) => provider.database.logoutDelivery.findMany({ where: { applicationId: id } });
const hasNothingInLine = (party: RelyingParty) => async () => (await listRows(party)).length === 0;

test("oidcc-backchannel-rp-initiated-logout: a signed logout token of the session, back, and nobody is signed in", async () => {
  const party = await createListener("/one");
  const { guest, visits } = await visit(party);
  const idToken = visits[0]?.idToken ?? "";
  const parameters = { id_token_hint: idToken, post_logout_redirect_uri: party.postLogoutRedirectUri, state: "s" };
  expect(locationOf(await guest.get(logoutPath(parameters)))).toBe(`${party.postLogoutRedirectUri}?state=s`);
  expect(await askSilently(guest, party)).toBe("login_required");

  const [received] = await receiver.waitFor("/one");
  expect(received?.method).toBe("POST");
  expect(received?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  expect(received?.tokens).toHaveLength(1);
  const keys = createRemoteJWKSet(new URL(`${provider.issuer}/.well-known/jwks.json`));
  const { payload, protectedHeader } = await jwtVerify(received?.tokens[0] ?? "", keys, {
    issuer: provider.issuer,
    audience: party.clientId,
    typ: "logout+jwt",
    // Back-Channel Logout §2.4: required claims.
    requiredClaims: ["iat", "exp", "jti", "sub", "sid", "events"],
  });
  const { sub, sid } = decodeJwt(idToken);
  expect(payload).toMatchObject({ sub, sid, events: { "http://schemas.openid.net/event/backchannel-logout": {} } });
  expect(payload).not.toHaveProperty("nonce");
  expect(Number(payload.exp) - Number(payload.iat)).toBeLessThanOrEqual(120);
  expect(protectedHeader.alg).toBe("RS256");
  await waitFor("the end of the line", hasNothingInLine(party));
  expect(receiver.at("/one")).toHaveLength(1);
});

test("Back-Channel Logout §2.5: a failure is retried later, with a new token, until it is accepted", async () => {
  const answers = [500, 404, 204];
  const party = await createListener("/fails", (response) => response.writeHead(answers.shift() ?? 200).end());
  const { guest, visits } = await visit(party);
  await guest.get(logoutPath({ id_token_hint: visits[0]?.idToken ?? "" }));
  for (const [index, pause] of [10, 20].entries()) {
    const row = await waitFor("a failed attempt", async () => {
      const [found] = await listRows(party);
      return found?.lastProblem === `status ${[500, 404][index]}` && found;
    });
    expect(Math.abs(Number(row.nextAttemptAt) - Date.now() - pause * 1000)).toBeLessThan(9000);
    expect(receiver.at("/fails")).toHaveLength(index + 1);
    await provider.database.logoutDelivery.update({ where: { id: row.id }, data: { nextAttemptAt: new Date() } });
  }
  await waitFor("the end of the line", hasNothingInLine(party));
  const tokens = receiver.at("/fails").flatMap((received) => received.tokens.map((token) => decodeJwt(token)));
  expect(new Set(tokens.map(({ jti }) => jti)).size).toBe(3);
  expect(new Set(tokens.map(({ sid }) => sid))).toEqual(new Set([decodeJwt(visits[0]?.idToken ?? "").sid]));
});

test("a receiver that never answers delays neither the user nor other applications", async () => {
  const [hanging, quick] = [await createListener("/hangs", () => {}), await createListener("/quick")];
  const [first, second] = [await visit(hanging), await visit(hanging, quick)];
  await first.guest.get(logoutPath({ id_token_hint: first.visits[0]?.idToken ?? "" }));
  const [waiting] = await receiver.waitFor("/hangs");
  const answer = await second.guest.get(logoutPath({ id_token_hint: second.visits[1]?.idToken ?? "" }));
  expect(locationOf(answer)).toBe("/o/logged-out");
  const [received] = await receiver.waitFor("/quick");
  expect(decodeJwt(received?.tokens[0] ?? "").sid).toBe(decodeJwt(second.visits[1]?.idToken ?? "").sid);
  // All of that happened while the first one was still pending, and no second one was sent there.
  expect(waiting?.isOpen()).toBe(true);
  expect(receiver.at("/hangs")).toHaveLength(1);
});

test("an application without OpenID, and one that wasn't used in the session, are told nothing", async () => {
  const [party, plain, absent] = [
    await createListener("/party"),
    await createListener("/plain"),
    await createListener("/absent"),
  ];
  const { guest } = await visit(party);
  await signInTo(guest, plain, "read");
  await visit(absent);
  await guest.signOut();
  await receiver.waitFor("/party");
  // Everything to deliver is queued at the sign-out itself.
  expect([...(await listRows(plain)), ...(await listRows(absent))]).toEqual([]);
  expect([...receiver.at("/plain"), ...receiver.at("/absent")]).toEqual([]);
});

/** How a session may end, other than by an application's request. */
const endings: Record<string, (guest: BrowserClient, person: TestUser, party: RelyingParty) => Promise<unknown>> = {
  "signing out on a page of this server": (guest) => guest.signOut(),

  "signing it out from another device": async (guest, person) => {
    const other = await provider.signIn(person);
    const form = await other.openForm("/account", "/account/sessions/end/submit");
    await other.submit(form, {});
    expect((await guest.get("/account")).status).not.toBe(200);
  },

  "signing out all other devices": async (_guest, person) => {
    const other = await provider.signIn(person);
    await other.submit(await other.openForm("/account", "/account/sessions/end-others/submit"), {});
  },

  "a new password": async (guest, { password }) => {
    const form = await guest.openForm("/account", "/account/password/submit");
    const answer = await guest.submit(form, { current_password: password, new_password: `${password} and more` });
    expect(locationOf(answer)).toBe("/account/#password");
  },

  "another person who signs in at the same browser": async (guest, _person, party) => {
    await guest.authorize(authorizationOf(party, { scope: "openid", prompt: "login" }), { user });
  },

  "disabling the person": async (_guest, { id }) => {
    await provider.database.user.update({ where: { id }, data: { disabledAt: new Date() } });
  },

  "the end of its lifetime": async (_guest, { id }) => {
    await provider.database.session.updateMany({ where: { userId: id }, data: { expiresAt: new Date() } });
  },

  "two weeks without a visit": async (_guest, { id }) => {
    const lastSeenAt = new Date(Date.now() - 15 * 86_400_000);
    await provider.database.session.updateMany({ where: { userId: id }, data: { lastSeenAt } });
  },
};

test.for(Object.entries(endings))("%s tells the applications", async ([name, end]) => {
  const path = `/${encodeURIComponent(name)}`;
  const [party, person] = [await createListener(path), await provider.createUser()];
  const guest = await provider.signIn(person);
  const { idToken } = await signInTo(guest, party);
  await end(guest, person, party);
  const [received] = await receiver.waitFor(path);
  expect(decodeJwt(received?.tokens[0] ?? "").sid).toBe(decodeJwt(idToken).sid);
});
