import { describe, expect, test } from "vitest";
import { dpopAlgorithms } from "../client/dpop";
import {
  InsufficientScopeError,
  InvalidDpopProofError,
  InvalidRequestError,
  InvalidTokenError,
  UseDpopNonceError,
} from "../wire/errors";
import { describeRefusal } from "./bearer";

const plainBearer = 'Bearer realm="Latchkey"';
const plainDpop = `DPoP realm="Latchkey", algs="${dpopAlgorithms.join(" ")}"`;

describe("RFC 6750 §3, RFC 9449 §7.1, §7.2: status and challenges", () => {
  test("without a token both schemes are offered, and no error is named", () => {
    expect(describeRefusal(null, null, null)).toEqual({
      status: 401,
      headers: { "WWW-Authenticate": `${plainBearer}, ${plainDpop}` },
    });
  });

  test("invalid_token: error and description with the scheme that was used; the other is offered too", () => {
    expect(describeRefusal(new InvalidTokenError(), "Bearer", null)).toEqual({
      status: 401,
      headers: {
        "WWW-Authenticate": `${plainBearer}, error="invalid_token", error_description="The access token is invalid, expired or revoked.", ${plainDpop}`,
      },
    });
  });

  test("a client that sent a proof is offered nothing else", () => {
    const challenge = describeRefusal(new InvalidTokenError(), "DPoP", null).headers["WWW-Authenticate"];
    expect(challenge).toMatch(
      /^DPoP realm="Latchkey", error="invalid_token", error_description="[^"]+", algs="[^"]+"$/,
    );
    expect(challenge).toContain(`algs="${dpopAlgorithms.join(" ")}"`);
  });

  test("an invalid proof is a 401 here", () => {
    const { status, headers } = describeRefusal(new InvalidDpopProofError("why"), "DPoP", null);
    expect(status).toBe(401);
    expect(headers["WWW-Authenticate"]).toMatch(/^DPoP realm="Latchkey", error="invalid_dpop_proof", /);
    expect(headers["WWW-Authenticate"]).not.toContain("why");
  });

  test("RFC 9449 §9: the nonce comes in its header, with a 401", () => {
    const { status, headers } = describeRefusal(new UseDpopNonceError("a-nonce"), "DPoP", null);
    expect(status).toBe(401);
    expect(headers).toEqual({
      "DPoP-Nonce": "a-nonce",
      "WWW-Authenticate": expect.stringMatching(/^DPoP realm="Latchkey", error="use_dpop_nonce", /),
    });
  });

  test.each(["Bearer", "DPoP"] as const)("insufficient_scope by %s: 403 with the scope that is needed", (scheme) => {
    const { status, headers } = describeRefusal(new InsufficientScopeError("read email"), scheme, null);
    expect(status).toBe(403);
    expect(headers["WWW-Authenticate"]).toMatch(
      new RegExp(`^${scheme} realm="Latchkey", error="insufficient_scope", .*scope="read email"`),
    );
    expect(headers["WWW-Authenticate"]?.match(/realm=/g)).toHaveLength(1);
  });

  test("a malformed request: 400, with the scheme in which it was malformed", () => {
    const { status, headers } = describeRefusal(new InvalidRequestError("No."), "Bearer", null);
    expect(status).toBe(400);
    expect(headers["WWW-Authenticate"]).toBe(`${plainBearer}, error="invalid_request", error_description="No."`);
  });

  test("RFC 9728 §5.1: every challenge points to the metadata", () => {
    const url = "https://id.example/.well-known/oauth-protected-resource/resource";
    const pointer = `, resource_metadata="${url}"`;
    expect(describeRefusal(null, null, url).headers["WWW-Authenticate"]).toBe(
      `${plainBearer}${pointer}, ${plainDpop}${pointer}`,
    );
    expect(describeRefusal(new InvalidTokenError(), "DPoP", url).headers["WWW-Authenticate"]).toContain(pointer);
  });
});
