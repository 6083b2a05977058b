import { describe, expect, test } from "vitest";
import { decideAuthorization } from "../authorize/authorization-decision";
import { cancelAuthorization, resumeAuthorization } from "../authorize/authorize";
import { decideDevice, describeDevice } from "../device/device-verification";
import type { Client } from "../ports/client";
import { enter, poll, registerTv, startDevice } from "../testing/device-flow";
import {
  codeRequest,
  decide,
  isGood,
  obtainCode,
  obtainTokens,
  pendingId,
  redirectParameters,
  refreshRequest,
  refusal,
  sendAuthorization,
  sendTokenRequest,
  signedOut,
  signIn,
} from "../testing/flow";
import { introspect } from "../testing/introspect";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { digest } from "../wire/digest";

/** A client for the group staff, and alice, who is in it or isn't. */
function arrange({ isMember = false, ...values }: Partial<Client> & { isMember?: boolean } = {}) {
  const context = buildContext();
  const { client, secret } = registerClient(context, { accessRestricted: true, ...values });
  context.stores.chooseGroups(client.id, ["staff"]);
  const setMember = (isIn: boolean) => context.stores.saveGroups(context.user.id, isIn ? ["staff", "all"] : ["all"]);
  setMember(isMember);
  return { context, client, secret, setMember, browser: signIn(context) };
}

const listEvents = (context: TestContext) => context.stores.auditEvents().map(({ type }) => type);

describe("RFC 6749 §4.1.2.1: a user who may not use the client", () => {
  test("reads so instead of being asked for consent, and the client gets access_denied once they go back", async () => {
    const { context, client, browser } = arrange();
    const id = pendingId(await sendAuthorization(context, client, browser, { state: "s" }), "no-access");
    const answer = redirectParameters(await cancelAuthorization(context, id, browser));
    expect(answer).toMatchObject({ error: "access_denied", state: "s" });
    expect(answer.error_description).toBe("The user may not use this client.");
    expect(listEvents(context)).toEqual(["authorization.cancelled"]);
  });

  test("signs in first: nobody else learns whom the client is for", async () => {
    const { context, client } = arrange();
    expect(await sendAuthorization(context, client, signedOut())).toMatchObject({ kind: "login" });
  });

  test("gets nothing by answering the consent page anyway, and nothing is remembered", async () => {
    const { context, client, browser } = arrange();
    const id = pendingId(await sendAuthorization(context, client, browser), "no-access");
    expect(await decide(context, id, browser)).toMatchObject({ kind: "no-access", requestId: id });
    expect(await context.stores.consents.find(context.user.id, client.id)).toBeNull();
    expect(listEvents(context)).toEqual([]);
  });

  test("can still refuse", async () => {
    const { context, client, browser } = arrange();
    const id = pendingId(await sendAuthorization(context, client, browser), "no-access");
    const outcome = await decide(context, id, browser, "denied");
    expect(redirectParameters(outcome)).toMatchObject({ error: "access_denied" });
  });

  test("continues with the same request once they may", async () => {
    const { context, client, browser, setMember } = arrange();
    const id = pendingId(await sendAuthorization(context, client, browser), "no-access");
    setMember(true);
    expect(await resumeAuthorization(context, id, browser)).toMatchObject({ kind: "consent" });
    expect(redirectParameters(await decide(context, id, browser))).toHaveProperty("code");
  });

  test("left the group between the consent page and the answer: no code", async () => {
    const { context, client, browser, setMember } = arrange({ isMember: true });
    const id = pendingId(await sendAuthorization(context, client, browser), "consent");
    await decideAuthorization(context, { requestId: id, ...browser, decision: "approved" });
    setMember(false);
    expect(await resumeAuthorization(context, id, browser)).toMatchObject({ kind: "no-access" });
  });

  test("OpenID Connect Core §3.1.2.6: prompt=none is answered access_denied, without consent or after it", async () => {
    const trusted = arrange({ skipConsent: true });
    const approved = arrange({ isMember: true });
    await obtainCode(approved.context, approved.client, {}, approved.browser);
    approved.setMember(false);
    for (const { context, client, browser } of [trusted, approved]) {
      const outcome = await sendAuthorization(context, client, browser, { prompt: "none" });
      expect(redirectParameters(outcome)).toMatchObject({ error: "access_denied" });
    }
  });

  test("§17.1: a client that they never approved learns by prompt=none only that it isn't", async () => {
    for (const isMember of [true, false]) {
      const { context, client, browser } = arrange({ isMember });
      const outcome = await sendAuthorization(context, client, browser, { prompt: "none" });
      expect(redirectParameters(outcome)).toMatchObject({ error: "consent_required" });
    }
  });

  test("nobody may use a client whose last group is gone; everyone may one that is open", async () => {
    const { context, client, browser } = arrange({ isMember: true });
    context.stores.chooseGroups(client.id, []);
    expect(await sendAuthorization(context, client, browser)).toMatchObject({ kind: "no-access" });
    context.stores.saveClient({ ...client, accessRestricted: false });
    expect(await sendAuthorization(context, client, browser)).toMatchObject({ kind: "consent" });
  });
});

describe("a user who has left the groups of the client", () => {
  test("RFC 6749 §5.2: a code from before is worth nothing", async () => {
    const { context, client, secret, setMember } = arrange({ isMember: true });
    const code = await obtainCode(context, client);
    setMember(false);
    expect(await refusal(context, codeRequest(client, secret, code))).toBe("invalid_grant");
  });

  test("RFC 6749 §6: a refresh ends the family, for its own reason", async () => {
    const { context, client, secret, setMember } = arrange({ isMember: true });
    const { accessToken, refreshToken } = await obtainTokens(context, client, secret);
    const found = await context.stores.tokens.findRefreshToken(digest(refreshToken));
    setMember(false);
    expect(await refusal(context, refreshRequest(client, secret, refreshToken))).toBe("invalid_grant");
    expect(context.stores.findRevocationReason(found?.familyId ?? "")).toBe("access_ended");
    expect(listEvents(context)).toContain("authorization.access_ended");
    // Whoever is let in again begins anew.
    setMember(true);
    expect(await refusal(context, refreshRequest(client, secret, refreshToken))).toBe("invalid_grant");
    expect(await isGood(context, { accessToken })).toBe(false);
  });

  test("not even the answer that a client may have lost is repeated", async () => {
    const { context, client, secret, setMember } = arrange({ isMember: true });
    const { refreshToken } = await obtainTokens(context, client, secret);
    const request = refreshRequest(client, secret, refreshToken);
    expect(await sendTokenRequest(context, request)).toMatchObject({ status: 200 });
    expect(await sendTokenRequest(context, request)).toMatchObject({ status: 200 });
    setMember(false);
    expect(await refusal(context, request)).toBe("invalid_grant");
  });

  test("RFC 7662 §2.2: tokens that are still alive are inactive from then on", async () => {
    const { context, client, secret, setMember } = arrange({ isMember: true });
    const { accessToken, refreshToken } = await obtainTokens(context, client, secret);
    const isActive = async (token: string) => (await introspect(context, { client, secret }, token)).body;
    setMember(false);
    expect(await isGood(context, { accessToken })).toBe(false);
    for (const token of [accessToken, refreshToken]) expect(await isActive(token)).toEqual({ active: false });
    setMember(true);
    expect(await isActive(accessToken)).toMatchObject({ active: true });
  });

  test("a client's own tokens stand for nobody", async () => {
    const { context, client, secret } = arrange({ grantTypes: ["client_credentials"] });
    const body = { grant_type: "client_credentials", client_id: client.clientId, client_secret: secret };
    const answer = await sendTokenRequest(context, body);
    expect(await isGood(context, { accessToken: String(answer.body.access_token) })).toBe(true);
  });
});

describe("RFC 8628 §3.5: a device of a user who may not use the client", () => {
  async function arrangeTv({ isMember }: { isMember: boolean }) {
    const context = buildContext();
    const { client } = registerTv(context, { accessRestricted: true });
    context.stores.chooseGroups(client.id, ["staff"]);
    context.stores.saveGroups(context.user.id, isMember ? ["staff"] : []);
    const { deviceCode, userCode } = await startDevice(context, client);
    const browser = signIn(context);
    const claim = await enter(context, userCode, browser);
    const decision = { claim, browserId: browser.browserId, session: browser.session, decision: "approved" } as const;
    return { context, client, deviceCode, browser, claim, decision };
  }

  test("the page says so, and an approval is noted as a refusal", async () => {
    const { context, client, deviceCode, browser, claim, decision } = await arrangeTv({ isMember: false });
    const prompt = await describeDevice(context, claim, browser.browserId, browser.session);
    expect(prompt).toMatchObject({ isPermitted: false });
    expect(await decideDevice(context, decision)).toMatchObject({ decision: "denied" });
    expect(await context.stores.consents.find(context.user.id, client.id)).toBeNull();
    expect((await poll(context, client, deviceCode)).body).toMatchObject({ error: "access_denied" });
  });

  test("left the group after approving it: access_denied", async () => {
    const { context, client, deviceCode, browser, claim, decision } = await arrangeTv({ isMember: true });
    const prompt = await describeDevice(context, claim, browser.browserId, browser.session);
    expect(prompt).toMatchObject({ isPermitted: true });
    expect(await decideDevice(context, decision)).toMatchObject({ decision: "approved" });
    context.stores.saveGroups(context.user.id, []);
    expect((await poll(context, client, deviceCode)).body).toMatchObject({ error: "access_denied" });
    context.stores.saveGroups(context.user.id, ["staff"]);
    expect((await poll(context, client, deviceCode)).status).toBe(200);
  });
});
