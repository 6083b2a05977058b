import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { TemporaryRedirectUri } from "../ports/authorization-stores";
import type { Client } from "../ports/client";
import { addSeconds } from "../ports/context";
import {
  askConsent,
  buildPkce,
  decide,
  obtainCode,
  pageError,
  pendingId,
  redirectParameters,
  refusal,
  sendAuthorization,
  sendTokenRequest,
  signedOut,
  signIn,
} from "../testing/flow";
import { follow, push, requestOf } from "../testing/pushing";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { cancelAuthorization, resumeAuthorization } from "./authorize";

/** Redirect URIs of this server that count as registered for one application, one user and some minutes. */

const uri = "https://id.example/o/applications/test-sign-in/3kPz";

let context: TestContext;
let client: Client;

beforeEach(() => {
  context = buildContext();
  client = registerClient(context, { clientType: "public" }).client;
});

function save(values: Partial<TemporaryRedirectUri> = {}, at = uri): void {
  context.stores.saveTemporaryRedirectUri(at, {
    applicationId: client.id,
    userId: context.user.id,
    expiresAt: addSeconds(context.now(), 600),
    consumedAt: null,
    ...values,
  });
}

const { verifier, challenge } = buildPkce();
const asked = { redirect_uri: uri, code_challenge: challenge, code_challenge_method: "S256" };

function tokenRequest(code: string) {
  return {
    grant_type: "authorization_code",
    client_id: client.clientId,
    code,
    redirect_uri: uri,
    code_verifier: verifier,
  };
}

/** Bjorn, who signs in at the same server. */
function signInAsOther() {
  const browser = signIn(context);
  return { ...browser, session: { ...browser.session, userId: randomUUID() } };
}

test("its user gets a code there, which is redeemed", async () => {
  save();
  const code = await obtainCode(context, client, asked);
  // An answer has arrived by then.
  save({ consumedAt: context.now() });
  expect((await sendTokenRequest(context, tokenRequest(code))).status).toBe(200);
});

test("one of a pushed request counts as well", async () => {
  save();
  const request = { ...requestOf(client, "", asked), client_secret: undefined };
  const { body } = await push(context, request);
  const browser = signIn(context);
  const { request_uri } = body as { request_uri: string };
  const id = pendingId(await follow(context, client, request_uri, browser), "consent");
  expect(redirectParameters(await decide(context, id, browser)).code).toBeDefined();
});

describe("is refused on a page, never by a redirect", () => {
  test("if it isn't stored, or is an address of another server", async () => {
    const foreign = "https://elsewhere.example/o/applications/test-sign-in/3kPz";
    save({}, foreign);
    for (const redirectUri of [uri, foreign, `${uri}?a=b`]) {
      const outcome = await sendAuthorization(context, client, signIn(context), {
        ...asked,
        redirect_uri: redirectUri,
      });
      expect(pageError(outcome).reason, redirectUri).toBe("redirect_uri_unregistered");
    }
  });

  test("for another application", async () => {
    save();
    const other = registerClient(context, { clientType: "public" }).client;
    const outcome = await sendAuthorization(context, other, signIn(context), asked);
    expect(pageError(outcome).reason).toBe("redirect_uri_unregistered");
  });

  test("for another user, and for nobody", async () => {
    save();
    for (const browser of [signInAsOther(), signedOut()]) {
      for (const more of [{}, { prompt: "none" }, { scope: "unknown" }]) {
        const error = pageError(await sendAuthorization(context, client, browser, { ...asked, ...more }));
        expect([error.reason, error.status]).toEqual(["test_of_other_user", 403]);
      }
    }
  });

  test("after its time", async () => {
    save();
    context.clock.advance(600);
    expect(pageError(await sendAuthorization(context, client, signIn(context), asked)).reason).toBe(
      "redirect_uri_unregistered",
    );
  });

  test("after an answer arrived there", async () => {
    save({ consumedAt: context.now() });
    expect(pageError(await sendAuthorization(context, client, signIn(context), asked)).reason).toBe(
      "redirect_uri_unregistered",
    );
  });

  test("if it ends, is used, or another user signs in while the request is pending", async () => {
    save();
    const browser = signIn(context);
    const id = await askConsent(context, client, browser, asked);
    const other = { ...signInAsOther(), browserId: browser.browserId };
    for (const answer of [resumeAuthorization, cancelAuthorization]) {
      expect(pageError(await answer(context, id, other)).reason).toBe("test_of_other_user");
    }
    save({ consumedAt: context.now() });
    expect(pageError(await resumeAuthorization(context, id, browser)).reason).toBe("redirect_uri_unregistered");
    save();
    // Nobody is signed in any more: its user may sign in again.
    expect((await resumeAuthorization(context, id, { ...browser, session: null })).kind).toBe("login");
  });
});

test("no code of it is redeemed once it has ended, or is for another user or application", async () => {
  for (const values of [
    { expiresAt: context.now() },
    { userId: randomUUID() },
    { applicationId: registerClient(context).client.id },
  ]) {
    save();
    const code = await obtainCode(context, client, asked);
    save(values);
    expect(await refusal(context, tokenRequest(code))).toBe("invalid_grant");
  }
});

test("it is never the redirect URI of a request that names none, nor listed for the user", async () => {
  const silent = registerClient(context, { clientType: "public", redirectUris: [] }).client;
  save({ applicationId: silent.id });
  const outcome = await sendAuthorization(context, silent, signIn(context), { ...asked, redirect_uri: undefined });
  expect(pageError(outcome).reason).toBe("redirect_uri_missing");
});
