import fc from "fast-check";
import { expect, test } from "vitest";
import { hostileAddresses } from "@/lib/oauth/testing/hostile-addresses";
import { allowFraming } from "./pages/frame-policy";
import { securityHeaders } from "./security-headers";

/** The policy of a page that frames this address, and of one that may be framed by it. */
function policiesWith(origin: string): string[] {
  const options = { nonce: "bm9uY2U=", formAction: "'self'", https: true, development: false } as const;
  const framing = securityHeaders({ ...options, frameSources: [origin] })["Content-Security-Policy"] ?? "";
  const policy = securityHeaders(options)["Content-Security-Policy"] ?? "";
  const request = new Request("https://id.example/", { headers: { "Content-Security-Policy": policy } });
  const framed = allowFraming(new Response(), request, origin).headers.get("Content-Security-Policy") ?? policy;
  return [framing, framed];
}

function shapeOf(policy: string): string[] {
  return policy.split(";").map((directive) => directive.trim().split(" ")[0] ?? "");
}

const plainShape = shapeOf(policiesWith("")[0] ?? "");

test("a web origin is included in a policy, with its port", () => {
  for (const origin of ["https://app.example", "https://xn--bcher-kva.example:8443", "http://127.0.0.1:3000"]) {
    for (const policy of policiesWith(origin)) expect(policy).toContain(` ${origin}`);
  }
});

test("CSP3 §2.2: no address adds a directive or a source to a policy, whenever it was stored", () => {
  fc.assert(
    fc.property(hostileAddresses, (address) => {
      const origin = URL.canParse(address) ? new URL(address).origin : address;
      for (const policy of policiesWith(origin)) {
        expect(shapeOf(policy)).toEqual(plainShape);
        expect(policy).toMatch(/^[\x20-\x7e]*$/);
        expect(policy.replaceAll(/'(?:self|none|nonce-bm9uY2U=|strict-dynamic)'/g, "")).not.toMatch(/["',\\]/);
      }
    }),
    { numRuns: 2000 },
  );
});
