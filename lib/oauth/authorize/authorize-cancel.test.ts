import { describe, expect, test } from "vitest";
import {
  askConsent,
  pageError,
  pendingId,
  redirectParameters,
  sendAuthorization,
  signedOut,
  signIn,
} from "../testing/flow";
import { buildContext, registerClient } from "../testing/test-context";
import { digest } from "../wire/digest";
import { cancelAuthorization, resumeAuthorization } from "./authorize";

describe("RFC 6749 §4.1.2.1: a user who doesn't want to sign in returns with access_denied", () => {
  test("with state and issuer, once, and nothing is left of the request", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signedOut();
    const id = pendingId(await sendAuthorization(context, client, browser, { state: "s" }), "login");
    const outcome = await cancelAuthorization(context, id, browser);
    expect(redirectParameters(outcome)).toMatchObject({ error: "access_denied", state: "s", iss: context.issuer });
    expect(await context.stores.requests.find(digest(id))).toBeNull();
    expect(pageError(await cancelAuthorization(context, id, browser)).status).toBe(400);
    expect(context.stores.auditEvents()).toEqual([
      { type: "authorization.cancelled", at: context.now(), userId: null, applicationId: client.id },
    ]);
  });

  test("of many at once one is answered", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signedOut();
    const id = pendingId(await sendAuthorization(context, client, browser), "login");
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => cancelAuthorization(context, id, browser)));
    expect(outcomes.filter(({ kind }) => kind === "redirect")).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === "error-page")).toHaveLength(7);
  });

  test("a user who is asked to sign in again is named in the audit event", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const id = pendingId(await sendAuthorization(context, client, browser, { prompt: "login" }), "login");
    redirectParameters(await cancelAuthorization(context, id, browser));
    expect(context.stores.auditEvents()).toMatchObject([{ userId: context.user.id }]);
  });

  test("an unapproved application too: the button has named its host", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { redirectsBeforeSignIn: false });
    const browser = signedOut();
    const id = pendingId(await sendAuthorization(context, client, browser), "login");
    expect(redirectParameters(await cancelAuthorization(context, id, browser))).toMatchObject({
      error: "access_denied",
    });
  });

  test("another browser can't cancel it", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const id = await askConsent(context, client, browser);
    expect(pageError(await cancelAuthorization(context, id, signedOut())).status).toBe(403);
    expect(pendingId(await resumeAuthorization(context, id, browser), "consent")).toBe(id);
  });
});
