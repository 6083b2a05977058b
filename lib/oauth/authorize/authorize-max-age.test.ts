import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { pendingId, redirectParameters, sendAuthorization, signIn } from "../testing/flow";
import { buildContext, registerClient } from "../testing/test-context";
import { recordAuthentication } from "./authorization-decision";
import { resumeAuthorization } from "./authorize";

describe("OpenID Connect Core §3.1.2.1: max_age", () => {
  test("a more recent sign-in is accepted, an older one is not", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const browser = signIn(context);
    context.clock.advance(59.999);
    const young = await sendAuthorization(context, client, browser, { max_age: "60" });
    expect(redirectParameters(young)).toHaveProperty("code");
    context.clock.advance(0.001);
    const old = await sendAuthorization(context, client, browser, { max_age: "60" });
    expect(pendingId(old, "login")).toBeDefined();
    const unlimited = await sendAuthorization(context, client, browser, { max_age: "9999999999" });
    expect(redirectParameters(unlimited)).toHaveProperty("code");
  });

  test("the sign-in for this request satisfies it, however long the rest takes; no other does", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const browser = signIn(context);
    const requestId = pendingId(await sendAuthorization(context, client, browser, { max_age: "0" }), "login");
    expect((await resumeAuthorization(context, requestId, browser)).kind).toBe("login");
    const again = {
      ...browser,
      session: { id: randomUUID(), userId: context.user.id, authenticatedAt: context.now(), amr: ["pwd"] },
    };
    expect((await resumeAuthorization(context, requestId, again)).kind).toBe("login");
    await recordAuthentication(context, requestId, again.browserId, again.session.id);
    context.clock.advance(300);
    expect(redirectParameters(await resumeAuthorization(context, requestId, again))).toHaveProperty("code");
  });

  test("with prompt=none there is no page: login_required", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const browser = signIn(context);
    const silent = await sendAuthorization(context, client, browser, { max_age: "0", prompt: "none" });
    expect(redirectParameters(silent)).toMatchObject({ error: "login_required" });
  });
});
