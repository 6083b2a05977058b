import { z } from "zod";

/** What the answers of a test are checked for. */
export const testCheckNames = [
  ...(["state", "issuer", "signedResponse"] as const),
  ...(["signature", "iss", "aud", "exp", "iat", "nonce", "atHash", "authTime"] as const),
  "sameSubject",
] as const;

export type TestCheckName = (typeof testCheckNames)[number];

const check = z.strictObject({
  name: z.enum(testCheckNames),
  passed: z.boolean(),
  /** What was found; for a signature, its algorithm and key. */
  found: z.string(),
});

export type TestCheck = z.output<typeof check>;

const named = z.strictObject({ name: z.string(), value: z.string() });

/** JSON, as it was decoded. */
const json = z.string();

export const testLegs = ["pushing", "authorization", "token", "userinfo"] as const;

/** What a test of a sign-in has shown. Never a token, code or secret. */
export const testReport = z.strictObject({
  /** What kept it from its end; null: nothing did. */
  problem: z
    .strictObject({
      leg: z.enum(["authorization", "response", "credential", "token", "userinfo"]),
      error: z.string(),
      description: z.string(),
      /** What the log says of it, and the application isn't told. */
      reason: z.string().nullable(),
    })
    .nullable(),
  received: z.array(named),
  checks: z.array(check),
  /** In milliseconds. That of the authorization has the time that the user took. */
  legs: z.array(z.strictObject({ name: z.enum(testLegs), duration: z.number() })),
  tokenResponse: json.nullable(),
  idToken: z.strictObject({ header: json, claims: json, checks: z.array(check) }).nullable(),
  accessToken: z
    .strictObject({
      /** Null: it is opaque. */
      decoded: z.strictObject({ header: json, claims: json }).nullable(),
      bound: z.boolean(),
    })
    .nullable(),
  userinfo: z.strictObject({ claims: json, signed: z.boolean(), checks: z.array(check) }).nullable(),
  /** Null: nothing was granted. */
  granted: z
    .strictObject({
      scopes: z.array(z.string()),
      /** When the user consented: in this test or before; never if the application skips consent. */
      consent: z.enum(["now", "before", "skipped"]),
    })
    .nullable(),
});

export type TestReport = z.output<typeof testReport>;

/** What was sent to the authorization endpoint, and what belongs to it. Kept sealed until the test ends. */
export const testRequest = z.object({
  clientId: z.string(),
  parameters: z.array(named),
  codeVerifier: z.string(),
  state: z.string(),
  nonce: z.string().nullable(),
  maxAge: z.number().nullable(),
  /** Milliseconds that pushing it took; null: it wasn't pushed. */
  pushing: z.number().nullable(),
});

export type TestRequest = z.output<typeof testRequest>;

export type TestProblem = NonNullable<TestReport["problem"]>;
