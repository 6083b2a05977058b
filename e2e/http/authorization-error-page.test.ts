import { expect } from "vitest";
import { authorizePath } from "../support/browser-client";
import { expectErrorPage } from "../support/expectations";
import { readText } from "../support/html";
import { send } from "../support/http";
import type { Portal } from "../support/portal";
import { authorizationOf } from "../support/token-client";
import { test } from "../support/vitest";

/** The audit event with the reference on a page; deletes it. */
async function readEvent(portal: Portal, reference: string) {
  const event = await portal.database.auditEvent.findFirstOrThrow({ where: { reference } });
  await portal.database.auditEvent.delete({ where: { id: event.id } });
  return event;
}

/** A separate address: events per network and hour are limited, and other tests cause some as well. */
const network = "127.0.33.1";
const openRefused = (parameters: Record<string, string>) => send("GET", authorizePath(parameters), { from: network });

test("a bad redirect URI: the reference leads to what was sent and registered, the page shows neither", async ({
  portal,
}) => {
  const redirectUris = ["https://app.example.com/one", "https://app.example.com/two"];
  const application = await portal.createApplication({ redirectUris });
  const sent = "https://evil.example.test/<b>";
  const page = await openRefused({ ...authorizationOf(application), redirect_uri: sent });
  const event = await readEvent(portal, expectErrorPage(page));
  expect(event).toMatchObject({
    type: "authorization.refused",
    applicationId: application.id,
    ipAddress: network,
    details: {
      clientId: application.clientId,
      redirectUri: sent,
      nearestRedirectUri: redirectUris[0],
      registeredRedirectUris: 2,
    },
  });
  expect(page.text).not.toContain("app.example.com");
  expect(page.text).not.toContain("evil.example.test");
  expect(readText(page.text)).toContain("has not registered");
});

test("an unknown client: the reference leads to what was sent", async ({ portal }) => {
  const page = await openRefused({ response_type: "code", client_id: "nobody", redirect_uri: "https://x.test/" });
  const event = await readEvent(portal, expectErrorPage(page));
  expect(event).toMatchObject({
    type: "authorization.refused",
    applicationId: null,
    details: { clientId: "nobody", redirectUri: "https://x.test/" },
  });
  expect(readText(page.text)).toContain("not registered with this server");
});

test("sent values are truncated and cleaned before they are recorded", async ({ portal }) => {
  const clientId = `\0\u0007${"x".repeat(3000)}`;
  const page = await openRefused({ response_type: "code", client_id: clientId });
  const { details } = await readEvent(portal, expectErrorPage(page));
  expect(JSON.stringify(details).length).toBeLessThan(1500);
});

test("the page can't be framed and has no script", async ({ browser }) => {
  const { headers, text } = await browser.get("/o/authorize/?client_id=nobody");
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers).toMatchObject({
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
  expect(text).not.toContain("<script");
});
