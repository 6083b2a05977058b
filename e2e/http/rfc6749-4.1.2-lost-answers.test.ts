import { expect } from "vitest";
import { expectOAuthError } from "../support/expectations";
import { authorizationOf, createPkcePair, exchangeOf, getResource, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

/** RFC 6749 §4.1.2: a code is answered once, no matter who asks again (docs/adr/0046). */

test.for(["confidential", "public"] as const)(
  "a %s client that lost the answer for its code gets no second one, and begins again without a page",
  async (clientType, { portal, person }) => {
    const make = clientType === "public" ? portal.createPublicApplication : portal.createApplication;
    const application = await make.call(portal, { skipConsent: true });
    const { verifier, challenge } = createPkcePair();
    const request = authorizationOf(application, { code_challenge: challenge, code_challenge_method: "S256" });
    const exchange = async (code: string) => requestToken(exchangeOf(application, code, { code_verifier: verifier }));
    const code = await person.obtainCode(request);
    const lost = await exchange(code);
    expect(lost.status).toBe(200);

    // The repetition, and then the original: in either order one is answered, and the other revokes its tokens.
    expectOAuthError(await exchange(code), 400, "invalid_grant");
    expectOAuthError(await exchange(code), 400, "invalid_grant");
    expect((await getResource(lost.accessToken)).status).toBe(401);
    const where = { applicationId: application.id, type: "authorization_code.replayed" };
    expect(await portal.database.auditEvent.count({ where })).toBe(1);

    const again = await exchange(await person.obtainCode({ ...request, prompt: "none" }));
    expect(again.status).toBe(200);
    expect((await getResource(again.accessToken)).status).toBe(200);
  },
);
