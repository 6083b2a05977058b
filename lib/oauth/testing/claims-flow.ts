import { decodeJwt } from "jose";
import { checkBearer } from "../access/bearer";
import { describeUser } from "../access/userinfo";
import type { Client } from "../ports/client";
import type { StandardClaims } from "../ports/standard-claims";
import { buildResourceRequest, codeRequest, readTokens, sendTokenRequest, type TokenResponse } from "./flow";
import { buildContext, type TestContext } from "./test-context";

/** Every detail that a user can have. */
export const everything: Required<Omit<StandardClaims, "preferred_username">> = {
  name: "Alice Example",
  given_name: "Alice",
  family_name: "Example",
  middle_name: "Q.",
  nickname: "al",
  profile: "https://alice.example/",
  picture: "https://alice.example/picture",
  website: "https://alice.example/blog",
  gender: "female",
  birthdate: "1990-03-22",
  zoneinfo: "Europe/Zurich",
  locale: "de-CH",
  updated_at: 1_900_000_000,
  email: "alice@example.test",
  email_verified: true,
  phone_number: "+41 44 000 00 00",
  phone_number_verified: false,
  address: { country: "CH" },
};

const openidScopes = ["openid", "profile", "email", "address", "phone"];

/** A context with the scopes of OpenID Connect and every detail of alice. */
export function buildClaimsContext(scopes: readonly string[] = openidScopes, restricted: readonly string[] = []) {
  const context = buildContext();
  context.stores.saveUser({ ...context.user, disabled: false, claims: everything });
  for (const name of scopes) {
    const isRestricted = restricted.includes(name);
    context.stores.saveScope({ name, description: `See ${name}`, isDefault: false, isRestricted });
  }
  return context;
}

/** What a client finds out with a code. */
export interface Learned {
  response: TokenResponse;
  idToken: Record<string, unknown>;
  userinfo: Record<string, unknown>;
}

export async function redeem(context: TestContext, client: Client, secret: string, code: string): Promise<Learned> {
  return learn(context, await sendTokenRequest(context, codeRequest(client, secret, code)));
}

/** The claims of the ID token in a token response, and those of userinfo. */
export async function learn(context: TestContext, response: TokenResponse): Promise<Learned> {
  const { accessToken } = readTokens(response);
  const token = await checkBearer(context, buildResourceRequest(accessToken), { scopes: [] });
  if (!token) throw new Error("Expected a token");
  const answer = await describeUser(context, token);
  return {
    response,
    idToken: decodeJwt(String(response.body.id_token)),
    userinfo: answer.kind === "json" ? answer.claims : decodeJwt(answer.jwt),
  };
}
