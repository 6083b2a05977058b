import { compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify } from "jose";
import { halfHash } from "@/lib/oauth/openid/hash";
import type { OAuthContext } from "@/lib/oauth/ports/context";
import { type SigningAlgorithm, signingAlgorithms } from "@/lib/oauth/wire/algorithms";
import type { TestCheck, TestCheckName, TestReport, TestRequest } from "./test-report";

/** What a client checks in the answers that it gets, each on its own, so that a report can say which one failed. */

/** Seconds. */
const clockTolerance = 60;

function check(name: TestCheckName, passed: boolean, found: unknown): TestCheck {
  return { name, passed, found: found === undefined ? "—" : String(found) };
}

/** The parameters that arrived at the callback, out of a signed response (JARM §2.4) if they came in one. */
export async function openResponse(
  server: OAuthContext,
  sent: Pick<TestRequest, "clientId" | "state" | "parameters">,
  arrived: Readonly<Record<string, string>>,
): Promise<{ parameters: Readonly<Record<string, string>>; checks: TestCheck[] }> {
  const { response } = arrived;
  const isSigned = sent.parameters.some(({ name, value }) => name === "response_mode" && value.endsWith("jwt"));
  if (!isSigned || response === undefined) {
    return {
      parameters: arrived,
      checks: [
        check("state", arrived.state === sent.state, arrived.state),
        // RFC 9207 §2.4.
        check("issuer", arrived.iss === server.issuer, arrived.iss),
        ...(isSigned ? [check("signedResponse", false, undefined)] : []),
      ],
    };
  }
  const keys = createLocalJWKSet({ keys: await server.keys.publicKeys() });
  try {
    const { payload, protectedHeader } = await jwtVerify(response, keys, {
      issuer: server.issuer,
      audience: sent.clientId,
      currentDate: server.now(),
      requiredClaims: ["exp"],
    });
    const entries = Object.entries(payload).map(([name, value]) => [name, String(value)] as const);
    const parameters: Record<string, string> = Object.fromEntries(entries);
    return {
      parameters,
      checks: [
        check("signedResponse", true, `${protectedHeader.alg} ${protectedHeader.kid ?? ""}`),
        check("state", parameters.state === sent.state, parameters.state),
        check("issuer", true, parameters.iss),
      ],
    };
  } catch (error) {
    return { parameters: {}, checks: [check("signedResponse", false, error instanceof Error ? error.message : "")] };
  }
}

/** OpenID Connect Core §3.1.3.7. */
export async function verifyIdToken(
  server: OAuthContext,
  { clientId, nonce, maxAge }: Pick<TestRequest, "clientId" | "nonce" | "maxAge">,
  { idToken, accessToken, algorithm }: { idToken: string; accessToken: string; algorithm: string },
): Promise<NonNullable<TestReport["idToken"]> & { sub: string | undefined }> {
  const [header, claims] = [decodeProtectedHeader(idToken), decodeJwt(idToken)];
  const now = Math.floor(server.now().getTime() / 1000);
  const { iss, aud, exp = 0, iat = 0, auth_time: authTime } = claims;
  const isSigned = await compactVerify(idToken, createLocalJWKSet({ keys: await server.keys.publicKeys() })).then(
    () => true,
    () => false,
  );
  return {
    sub: claims.sub,
    header: toJson(header),
    claims: toJson(claims),
    checks: [
      check("signature", isSigned && header.alg === algorithm, `${header.alg} ${header.kid ?? ""}`),
      check("iss", iss === server.issuer, iss),
      check("aud", [aud ?? []].flat().includes(clientId), [aud ?? []].flat().join(" ")),
      check("exp", exp > now - clockTolerance, claims.exp && toText(exp)),
      check("iat", iat > 0 && iat < now + clockTolerance, claims.iat && toText(iat)),
      ...(nonce === null ? [] : [check("nonce", claims.nonce === nonce, claims.nonce)]),
      ...checkHash(claims, header.alg, accessToken),
      ...(maxAge === null ? [] : [checkAuthTime(authTime, now - maxAge)]),
    ],
  };
}

/** OpenID Connect Core §3.1.3.8: the claim is optional. */
function checkHash({ at_hash: hash }: JWTPayload, alg: string | undefined, accessToken: string): TestCheck[] {
  const algorithm = signingAlgorithms.find((known) => known === alg);
  if (hash === undefined || algorithm === undefined) return [];
  return [check("atHash", hash === halfHash(accessToken, algorithm satisfies SigningAlgorithm), hash)];
}

function checkAuthTime(authTime: unknown, earliest: number): TestCheck {
  const isRecent = typeof authTime === "number" && authTime >= earliest - clockTolerance;
  return check("authTime", isRecent, typeof authTime === "number" ? toText(authTime) : undefined);
}

/** OpenID Connect Core §5.3.2: userinfo is about the user of the ID token. */
export function checkSubject(expected: string | undefined, found: unknown): TestCheck[] {
  return expected === undefined ? [] : [check("sameSubject", found === expected, found)];
}

/** An access token as its API would decode it (RFC 9068); null if it is opaque. */
export function decodeToken(token: string): { header: string; claims: string } | null {
  try {
    return { header: toJson(decodeProtectedHeader(token)), claims: toJson(decodeJwt(token)) };
  } catch {
    return null;
  }
}

export function toJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function toText(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
