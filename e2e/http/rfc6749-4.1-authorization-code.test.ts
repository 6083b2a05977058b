import { expect } from "vitest";
import { baseUrl, issuer } from "../support/environment";
import { authorizationOf, exchangeOf, getResource, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

test("from the authorization request through login and consent to the resource", async ({ portal, browser }) => {
  const user = await portal.createUser();
  const application = await portal.createApplication();
  const location = await browser.authorize(authorizationOf(application), { user });
  expect(`${location.origin}${location.pathname}`).toBe(`${baseUrl}/noexist/callback`);
  expect([...location.searchParams.keys()]).toEqual(["code", "state", "iss"]);
  expect(location.searchParams.get("state")).toBe("a state");
  expect(location.searchParams.get("iss")).toBe(issuer);

  const answer = await requestToken(exchangeOf(application, location.searchParams.get("code") ?? ""));
  expect(answer.status).toBe(200);
  const resource = await getResource(answer.accessToken);
  expect(JSON.parse(resource.text)).toMatchObject({
    user: { id: user.id, username: user.username },
    application: { client_id: application.clientId, name: application.name },
    scope: "read write",
  });
});
