import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { addSeconds } from "../ports/context";
import { epoch, scopes } from "../testing/defaults";
import { answer, arrangeDevice, elsewhere, enter, network, poll, startDevice } from "../testing/device-flow";
import { type SignedInBrowser, signedOut, signIn } from "../testing/flow";
import { registerApi, type TestContext } from "../testing/test-context";
import { digest, randomToken } from "../wire/digest";
import { TooManyRequestsError } from "../wire/errors";
import { decideDevice, describeDevice, enterUserCode } from "./device-verification";
import { generateUserCode } from "./user-code";

const [read, write] = scopes;

/** Another user in another browser. */
function signInAnother(context: TestContext): SignedInBrowser {
  const userId = randomUUID();
  context.stores.saveUser({ id: userId, username: "bob", disabled: false });
  return { browserId: randomToken(), session: { id: randomUUID(), userId, authenticatedAt: epoch, amr: ["pwd"] } };
}

describe("RFC 8628 §3.3: the user enters the code, compares it, and answers", () => {
  test("the prompt shows the application, the device's code and the scopes in words", async () => {
    const { context, client, userCode } = await arrangeDevice({ registeredDynamically: true });
    const browser = signIn(context);
    const claim = await enter(context, userCode.toLowerCase().replace("-", " "), browser);
    expect(claim).toEqual({ verification: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/), userCode });
    expect(await describeDevice(context, claim, browser.browserId, browser.session)).toEqual({
      client: { id: client.id, clientId: client.clientId, name: "tv", registeredDynamically: true },
      userCode,
      scopes: [read, write],
      resources: [],
      newScopes: ["read", "write"],
      isPermitted: true,
    });
  });

  test("an approval is recorded and remembered; a denial is recorded", async () => {
    const { context, client, userCode } = await arrangeDevice({}, { scope: "read" });
    await answer(context, userCode);
    expect(await context.stores.consents.find(context.user.id, client.id)).toEqual(["read"]);
    const second = await startDevice(context, client);
    const browser = signIn(context);
    const claim = await enter(context, second.userCode, browser);
    const prompt = await describeDevice(context, claim, browser.browserId, browser.session);
    expect(prompt?.newScopes).toEqual(["write"]);
    await answer(context, second.userCode, browser, "denied");
    const about = { at: epoch, userId: context.user.id, applicationId: client.id };
    expect(context.stores.auditEvents()).toEqual([
      { type: "device.approved", ...about, details: { scopes: ["read"] } },
      { type: "device.denied", ...about, details: { scopes: ["read", "write"] } },
    ]);
  });

  test("RFC 8707 §3: the APIs are part of the prompt, of the consent and of the event", async () => {
    const { context, client } = await arrangeDevice();
    const api = registerApi(context);
    const start = () => startDevice(context, client, { scope: "read", resource: api.identifier });
    await answer(context, (await start()).userCode);
    const { identifier } = api;
    expect(await context.stores.consents.find(context.user.id, client.id)).toEqual([`read ${identifier}`]);
    expect(context.stores.auditEvents()).toMatchObject([{ details: { scopes: ["read"], resources: [identifier] } }]);
    const browser = signIn(context);
    const claim = await enter(context, (await start()).userCode, browser);
    const prompt = await describeDevice(context, claim, browser.browserId, browser.session);
    expect(prompt).toMatchObject({ resources: [identifier], newScopes: [] });
  });

  test("RFC 8628 §5.4: never approved silently, whatever was allowed before or may be skipped", async () => {
    const { context, client, userCode } = await arrangeDevice({ skipConsent: true });
    await answer(context, userCode);
    const { deviceCode, userCode: next } = await startDevice(context, client);
    await enter(context, next, signIn(context));
    expect((await poll(context, client, deviceCode)).body.error).toBe("authorization_pending");
  });

  test("an answer counts once; afterwards there is nothing to see", async () => {
    const { context, client, deviceCode, userCode } = await arrangeDevice();
    const browser = signIn(context);
    const { browserId, session } = browser;
    const claim = await enter(context, userCode, browser);
    expect(await decideDevice(context, { claim, browserId, session, decision: "denied" })).toMatchObject({
      name: "tv",
    });
    expect(await decideDevice(context, { claim, browserId, session, decision: "approved" })).toBeNull();
    expect(await describeDevice(context, claim, browserId, session)).toBeNull();
    expect(await enterUserCode(context, userCode, { ...browser, network })).toBeNull();
    expect((await poll(context, client, deviceCode)).body.error).toBe("access_denied");
  });

  test("a code may be entered before sign-in; then it belongs to the user who signs in there", async () => {
    const { context, userCode } = await arrangeDevice();
    const browser = signedOut();
    const claim = await enterUserCode(context, userCode, { ...browser, network });
    const person = signIn(context);
    const input = { claim: claim ?? expect.fail(), browserId: browser.browserId, session: person.session };
    expect(await decideDevice(context, { ...input, decision: "approved" })).not.toBeNull();
  });
});

describe("attack 43: nobody else sees or answers it", () => {
  test("case 86: neither another browser nor another user, and nothing changes", async () => {
    const { context, client, deviceCode, userCode } = await arrangeDevice();
    const browser = signIn(context);
    const claim = await enter(context, userCode, browser);
    const stranger = signInAnother(context);
    const attempts = [
      stranger,
      elsewhere(browser),
      { ...stranger, browserId: browser.browserId },
      { ...browser, browserId: "" },
    ];
    for (const { browserId, session } of attempts) {
      expect(await describeDevice(context, claim, browserId, session)).toBeNull();
      for (const decision of ["approved", "denied"] as const) {
        expect(await decideDevice(context, { claim, browserId, session, decision })).toBeNull();
      }
    }
    expect(context.stores.auditEvents()).toEqual([]);
    expect((await poll(context, client, deviceCode)).body.error).toBe("authorization_pending");
    const { browserId, session } = browser;
    expect(await decideDevice(context, { claim, browserId, session, decision: "approved" })).not.toBeNull();
  });

  test("the code can't be exchanged for another on the way to the page that shows it", async () => {
    const { context, client, userCode } = await arrangeDevice();
    const other = await startDevice(context, client);
    const browser = signIn(context);
    const { verification } = await enter(context, userCode, browser);
    for (const forged of [other.userCode, "", "BBBB-BBBB"]) {
      const claim = { verification, userCode: forged };
      expect(await describeDevice(context, claim, browser.browserId, browser.session)).toBeNull();
    }
  });

  test("unknown, malformed, expired and used codes get the same answer", async () => {
    const { context, client, userCode } = await arrangeDevice();
    const browser = { ...signIn(context), network };
    for (const code of [generateUserCode(), "", "WDJB", "\0", "x".repeat(10_000)]) {
      expect(await enterUserCode(context, code, browser)).toBeNull();
    }
    const claim = await enter(context, userCode, browser);
    context.clock.set(addSeconds(epoch, 1800));
    expect(await enterUserCode(context, userCode, browser)).toBeNull();
    expect(await describeDevice(context, claim, browser.browserId, browser.session)).toBeNull();
    const { browserId, session } = browser;
    expect(await decideDevice(context, { claim, browserId, session, decision: "approved" })).toBeNull();
    expect(await context.stores.consents.find(context.user.id, client.id)).toBeNull();
  });

  test.each([
    { disabled: true },
    { grantTypes: ["authorization_code"] },
    { securityProfile: "fapi2_security" } as const,
  ])("an application that is %j since is refused", async (change) => {
    const { context, client, deviceCode, userCode } = await arrangeDevice();
    const browser = signIn(context);
    const { browserId, session } = browser;
    const claim = await enter(context, userCode, browser);
    context.stores.saveClient({ ...client, ...change });
    expect(await describeDevice(context, claim, browserId, session)).toBeNull();
    expect(await decideDevice(context, { claim, browserId, session, decision: "approved" })).toBeNull();
    expect(await enterUserCode(context, userCode, { ...browser, network })).toBeNull();
    expect(await context.stores.devices.find(digest(deviceCode))).toMatchObject({ decision: null });
  });
});

describe("RFC 8628 §5.1: guesses are limited", () => {
  const guess = (context: TestContext, browser: Parameters<typeof enterUserCode>[2]) =>
    enterUserCode(context, generateUserCode(), browser);

  test("ten per quarter of an hour and user, wherever they are; then a correct one is refused too", async () => {
    const { context, userCode } = await arrangeDevice();
    const browser = signIn(context);
    const from = (index: number) => ({ ...elsewhere(browser), network: `192.0.2.${index}` });
    for (let index = 0; index < 10; index++) expect(await guess(context, from(index))).toBeNull();
    const refused = enterUserCode(context, userCode, from(10));
    await expect(refused).rejects.toThrow(TooManyRequestsError);
    await expect(refused).rejects.toMatchObject({ status: 429, retryAfter: 900 });
    context.clock.advance(900);
    expect(await enterUserCode(context, userCode, from(11))).not.toBeNull();
  });

  test("ten per browser without a user", async () => {
    const { context } = await arrangeDevice();
    const browser = signedOut();
    for (let index = 0; index < 10; index++) await guess(context, { ...browser, network: `192.0.2.${index}` });
    await expect(guess(context, { ...browser, network })).rejects.toThrow(TooManyRequestsError);
  });

  test("thirty per network, with any number of browsers and users, and in parallel", async () => {
    const { context, userCode } = await arrangeDevice();
    const guesses = Array.from({ length: 100 }, () => guess(context, { ...signedOut(), network }));
    const results = await Promise.allSettled(guesses);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(30);
    await expect(enterUserCode(context, userCode, { ...signIn(context), network })).rejects.toThrow(
      TooManyRequestsError,
    );
    expect(await enterUserCode(context, userCode, { ...signIn(context), network: "198.51.100.1" })).not.toBeNull();
  });

  test("a malformed code doesn't count as a guess", async () => {
    const { context, userCode } = await arrangeDevice();
    const browser = { ...signIn(context), network };
    for (let index = 0; index < 40; index++) expect(await enterUserCode(context, "WDJB-MJH0", browser)).toBeNull();
    expect(await enterUserCode(context, userCode, browser)).not.toBeNull();
  });
});
