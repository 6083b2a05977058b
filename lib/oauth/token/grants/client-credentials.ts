import { admit } from "../../ports/admission";
import type { Client } from "../../ports/client";
import type { OAuthContext } from "../../ports/context";
import { resolveScopes } from "../../scope/requested-scopes";
import { resolveResources } from "../../scope/resource-indicators";
import { InvalidClientError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";
import { findTokenTarget } from "./access-token-target";
import { createAccessToken, type IssuedTokens, type TokenBinding } from "./issue";

/** RFC 6749 §4.4, without a refresh token (§4.4.3). Only confidential clients get this far. */
export async function issueClientCredentials(
  context: OAuthContext,
  client: Client,
  parameters: Parameters,
  binding: TokenBinding,
): Promise<IssuedTokens> {
  const apis = await resolveResources(context, parameters.getAll("resource"));
  const known = await context.stores.scopes.list();
  const requested = resolveScopes({ client, known, apis, requested: parameters.get("scope") });
  const target = await findTokenTarget(context, client, { apis, scopes: requested, isForUser: false });
  const { token, record, expiresIn } = await createAccessToken(
    context,
    { client, family: null, ...target, binding },
    context.now(),
  );
  admit(context, "token", client);
  // The first token of a client that registered itself: it no longer expires.
  if (client.expiresAt !== null && !(await context.stores.clients.keep(client.id))) {
    throw new InvalidClientError("expired client");
  }
  await context.stores.tokens.issue(record);
  return {
    accessToken: token,
    expiresIn,
    scopes: target.scopes,
    refreshToken: null,
    idToken: null,
    dpopJkt: binding.dpopJkt,
  };
}
