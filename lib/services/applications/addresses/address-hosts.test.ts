import fc from "fast-check";
import { expect, test } from "vitest";
import { parseEnvironment } from "@/lib/env";
import { findRedirectUriProblem } from "@/lib/oauth/client/redirect-uri";
import { readClientDescription } from "@/lib/oauth/registration/client-description";
import { hostileAddresses } from "@/lib/oauth/testing/hostile-addresses";
import { findFetchUrlProblem } from "@/lib/outbound/fetch-url";
import { findApiIdentifierProblem } from "../../apis/api-schema";
import { profileSchema } from "../../users/profile-schema";
import { findOriginProblem } from "./allowed-origin";
import { findWebAddressProblem } from "./web-address";

/** Every rule through which an address gets into storage or configuration, or is fetched by the server. */
const rules: Record<string, (address: string) => boolean> = {
  "redirect and post-logout redirect URIs": (uri) => findRedirectUriProblem(uri, { allowHttp: true }) === null,
  "other addresses of an application": (text) =>
    findWebAddressProblem(text.trim(), { http: true, fragment: true }) === null,
  "what a client says of itself": (address) => readClientDescription({ logo_uri: address }).logo_uri !== undefined,
  "allowed origins": (origin) => findOriginProblem(origin) === null,
  "identifiers of APIs": (identifier) => findApiIdentifierProblem(identifier) === null,
  "addresses in a profile": (address) =>
    !profileSchema.safeParse({ websiteUrl: address }).error?.issues.some(({ path }) => path[0] === "websiteUrl"),
  "what the server fetches": (url) => findFetchUrlProblem(url, ["0.0.0.0/0", "::/0"]) === null,
  PUBLIC_URL: acceptsPublicUrl,
};

function acceptsPublicUrl(PUBLIC_URL: string): boolean {
  try {
    return parseEnvironment({ PUBLIC_URL, ALLOW_INSECURE_HTTP: "1" }).PUBLIC_URL !== "";
  } catch {
    return false;
  }
}

const ipv6Literal = /^\[[0-9a-f:.]+\]$/;

test.each(Object.entries(rules))("%s: an accepted host has [a-z0-9.-], or is an IP literal", (_name, accepts) => {
  let accepted = 0;
  fc.assert(
    fc.property(hostileAddresses, (address) => {
      if (!accepts(address)) return;
      accepted += 1;
      const { protocol, hostname } = new URL(address.trim());
      if (ipv6Literal.test(hostname)) return;
      expect(hostname).toMatch(/^https?:$/.test(protocol) ? /^[a-z0-9.-]+$/ : /^[A-Za-z0-9._-]*$/);
    }),
    { numRuns: 2000 },
  );
  expect(accepted).toBeGreaterThan(0);
});

test("client metadata from before hosts were checked is left out, and nothing else", () => {
  const kept = { logo_uri: "https://app.example/logo.png", software_id: "app" };
  expect(readClientDescription({ ...kept, client_uri: "https://a.example;sandbox/" })).toEqual(kept);
});
