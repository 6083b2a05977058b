import { checkResource } from "../checks/resource";
import type { OAuthContext } from "../context";
import type { Parameters } from "../parameters";
import { resolveScopes } from "../scope";
import type { Client } from "../types";
import { type IssuedTokens, makeAccessToken } from "./issue";

/** RFC 6749 §4.4, without a refresh token (§4.4.3). Only confidential clients get this far. */
export async function issueClientCredentials(
  context: OAuthContext,
  client: Client,
  parameters: Parameters,
): Promise<IssuedTokens> {
  checkResource(parameters);
  const scopes = resolveScopes(client, await context.stores.scopes.list(), parameters.get("scope"));
  const { token, record } = makeAccessToken(
    context,
    { applicationId: client.id, userId: null, familyId: null, scopes },
    context.now(),
  );
  await context.stores.tokens.issue(record);
  return { accessToken: token, expiresIn: context.lifetimes.accessToken, scopes, refreshToken: null };
}
