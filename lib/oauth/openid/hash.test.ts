import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { signingAlgorithms } from "../wire/algorithms";
import { halfHash } from "./hash";

test("OpenID Connect Core, Appendix A.3 and A.4: the examples", () => {
  expect(halfHash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", "RS256")).toBe("77QmUPtjPfzWtF2AnpK9RQ");
  const code = "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk";
  expect(halfHash(code, "RS256")).toBe("LDktKdoQak3Pk0cnXxCltA");
});

test.each(signingAlgorithms)("§3.1.3.6: with %s the left half of the hash of that algorithm", (algorithm) => {
  const hash = createHash(algorithm === "EdDSA" ? "sha512" : "sha256")
    .update("a token")
    .digest("hex");
  const half = Buffer.from(halfHash("a token", algorithm), "base64url").toString("hex");
  expect(half).toBe(hash.slice(0, hash.length / 2));
});
