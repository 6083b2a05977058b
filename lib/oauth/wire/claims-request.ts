import { z } from "zod";
import { InvalidRequestError } from "./errors";

const claimRequestSchema = z.object({
  essential: z.boolean().optional(),
  value: z.unknown().optional(),
  values: z.array(z.unknown()).max(20).readonly().optional(),
});

/** The request for one claim (OpenID Connect Core §5.5.1). */
export type ClaimRequest = z.output<typeof claimRequestSchema>;

/** Null: the claim is requested with any value. */
const claimsSchema = z.record(z.string().max(200), claimRequestSchema.nullable()).readonly().optional();

const claimsRequestSchema = z.object({ userinfo: claimsSchema, id_token: claimsSchema });

/** The `claims` parameter (OpenID Connect Core §5.5), without unknown members. */
export type ClaimsRequest = z.output<typeof claimsRequestSchema>;

/** Characters that storage refuses, as `JSON.stringify` writes them: NUL and half of a surrogate pair. */
const unstorable = /\\u(?:0000|d[89a-f])/;

/** @throws InvalidRequestError if it isn't JSON of the shape in OpenID Connect Core §5.5 */
export function parseClaimsRequest(text: string): ClaimsRequest {
  const { data } = claimsRequestSchema.safeParse(readJson(text));
  if (!data || unstorable.test(JSON.stringify(data))) {
    throw new InvalidRequestError("The parameter claims is malformed.");
  }
  return data;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The request for one claim, in the ID token before userinfo; undefined if there is none. */
export function findClaimRequest(claims: ClaimsRequest | null, name: string): ClaimRequest | null | undefined {
  for (const asked of [claims?.id_token, claims?.userinfo]) {
    if (asked && Object.hasOwn(asked, name)) return asked[name];
  }
  return undefined;
}

/** The acceptable values of a claim; null if any is. */
export function acceptableValues(request: ClaimRequest | null | undefined): readonly unknown[] | null {
  if (!request) return null;
  if (request.value !== undefined) return [request.value];
  return request.values ?? null;
}
