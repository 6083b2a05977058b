import { expect } from "vitest";
import { authorizePath } from "../support/browser-client";
import { readText } from "../support/html";
import { send } from "../support/http";
import { bearer, RelyingParty, readUserinfo } from "../support/openid";
import { test } from "../support/vitest";

const claims = JSON.stringify({
  userinfo: { email: null, phone_number: null, address: null, birthdate: null },
  id_token: { email: null },
});

test("OpenID Connect Core §5.5: an application gets no claim by name that it may not have by scope", async ({
  portal,
}) => {
  const rp = await RelyingParty.create(portal, "query", { allowedScopes: ["openid", "read"] });
  await rp.signIn();
  const silent = await rp.signIn({ prompt: "none", claims });
  expect(await readUserinfo(silent.accessToken)).toEqual({ sub: rp.user.id });
  expect(silent.claims).not.toHaveProperty("email");
});

test("OpenID Connect Core §3.1.2.4, §17.1: claims by name are asked for, remembered, listed and revoked like their scopes", async ({
  portal,
}) => {
  const rp = await RelyingParty.create(portal, "query");
  await rp.signIn();
  const silently = async () => (await rp.authorize({ prompt: "none", claims })).get("error");
  expect(await silently()).toBe("consent_required");
  const { headers } = await rp.browser.get(authorizePath(rp.request({ claims })));
  const sentences = ["See your e-mail address", "See your phone number", "See your postal address", "See your name"];
  const page = readText((await rp.browser.get(headers.location ?? "")).text);
  for (const sentence of sentences) expect(page).toContain(sentence);

  const { accessToken, body, claims: idToken } = await rp.signIn({ claims });
  expect(body.scope).toBe("openid");
  expect(idToken).toMatchObject({ email: rp.user.email });
  expect(await readUserinfo(accessToken)).toEqual({ sub: rp.user.id, email: rp.user.email });
  expect(await silently()).toBeNull();
  const list = readText((await rp.browser.get("/o/authorized_tokens/")).text);
  for (const sentence of sentences) expect(list).toContain(sentence);

  const action = `/o/authorized_tokens/${rp.application.id}/delete/submit`;
  await rp.browser.submit(await rp.browser.openForm(`/o/authorized_tokens/${rp.application.id}/delete/`, action), {});
  expect((await send("GET", "/o/userinfo", bearer(accessToken))).status).toBe(401);
  expect(await silently()).toBe("consent_required");
});
