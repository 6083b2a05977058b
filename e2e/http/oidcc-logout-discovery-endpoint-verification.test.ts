import { expect, test } from "vitest";
import { issuer } from "../support/environment";
import { send } from "../support/http";
import { parseJson } from "../support/token-client";

const endSession = { end_session_endpoint: `${issuer}/logout/` };

test.for([
  ["oidcc-rp-initiated-logout-discovery-endpoint-verification", {}],
  [
    "oidcc-backchannel-logout-discovery-endpoint-verification",
    { backchannel_logout_supported: true, backchannel_logout_session_supported: true },
  ],
  [
    "oidcc-frontchannel-logout-discovery-endpoint-verification",
    { frontchannel_logout_supported: true, frontchannel_logout_session_supported: true },
  ],
  ["oidcc-session-management-discovery-endpoint-verification", { check_session_iframe: `${issuer}/check-session/` }],
] as const)("%s: what the configuration has to say, at addresses that answer", async ([, expected]) => {
  const { text, status } = await send("GET", "/o/.well-known/openid-configuration");
  expect(status).toBe(200);
  const configuration = parseJson(text);
  expect(configuration).toMatchObject({ ...endSession, ...expected });
  for (const name of ["end_session_endpoint", ...Object.keys(expected).filter((key) => key.endsWith("iframe"))]) {
    const { pathname } = new URL(String(configuration[name]));
    expect((await send("GET", pathname)).status).toBeLessThan(400);
  }
});
