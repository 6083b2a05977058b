import { decodeJwt } from "jose";
import { expect } from "vitest";
import { RelyingParty, readUserinfo } from "../support/openid";
import { startRegistrationServers } from "../support/registering";
import { toUpdate } from "../support/registration";
import { refreshOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

const scope = "openid profile email";
const { servers, register } = startRegistrationServers();

test("§5.4: by default the claims of the scopes are only at userinfo", async ({ portal }) => {
  const rp = await RelyingParty.create(portal, "query");
  const tokens = await rp.signIn({ scope });
  expect(await readUserinfo(tokens.accessToken)).toMatchObject({ email: rp.user.email });
  for (const name of ["email", "email_verified", "preferred_username"]) expect(tokens.claims).not.toHaveProperty(name);
});

test("§5.4: if an application is configured so, its ID tokens contain what userinfo returns, at refresh as well", async ({
  portal,
}) => {
  const rp = await RelyingParty.create(portal, "query", { claimsInIdToken: true });
  const tokens = await rp.signIn({ scope });
  const userinfo = await readUserinfo(tokens.accessToken);
  expect(userinfo).toMatchObject({ email: rp.user.email, preferred_username: rp.user.username });
  expect(tokens.claims).toMatchObject(userinfo);

  const narrowed = await requestToken(refreshOf(rp.application, tokens.refreshToken, { scope: "openid email" }));
  const again = decodeJwt(String(narrowed.body.id_token));
  expect(again.email).toBe(rp.user.email);
  expect(again).not.toHaveProperty("preferred_username");
  expect((await rp.signIn()).claims).not.toHaveProperty("email");
});

test("RFC 7591 §2: a client that registers itself doesn't get it, and an update doesn't undo what its owner chose", async () => {
  const client = await register({ redirect_uris: ["https://app.example.test/callback"], claims_in_id_token: true });
  expect(client.body).not.toHaveProperty("claims_in_id_token");
  expect(await servers.find(client.clientId)).toMatchObject({ claimsInIdToken: false });
  const where = { clientId: client.clientId };
  await servers.database.application.update({ where, data: { claimsInIdToken: true }, select: { id: true } });
  const body = toUpdate(client, { client_name: "Renamed", claims_in_id_token: false });
  const updated = await servers.manage("PUT", client.clientId, { token: client.registrationToken, body });
  expect(updated.status).toBe(200);
  expect(await servers.find(client.clientId)).toMatchObject({ claimsInIdToken: true, name: "Renamed" });
});
