import { currentSettings } from "@/lib/current-settings";
import { getKeyRing } from "@/lib/keys/signing-keys";
import { offeredLocales } from "@/lib/messages/locales";
import { describeServer } from "@/lib/oauth/discovery/metadata";
import { keySetMaxAge } from "@/lib/oauth/keys/key-schedule";
import { oauthServer } from "@/lib/oauth-server";
import { protocolResponse } from "../responses";
import { allowAnyone } from "./cors";
import { listResourceIdentifiers } from "./protected-resource-metadata";
import { protocolRoute } from "./protocol-route";

/**
 * Answers a request for the server's metadata (RFC 8414 §3, OpenID Connect Discovery §4). It is public: any site's
 * scripts may read it and any cache may keep it.
 */
export const answerServerMetadataRequest = protocolRoute(async () => {
  const { issuer, settings, stores } = oauthServer();
  return protocolResponse({
    status: 200,
    headers: { "Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*" },
    body: describeServer({
      issuer,
      settings,
      scopes: await stores.scopes.list(),
      // Accounts are created by administrators.
      offersSignUp: false,
      uiLocales: offeredLocales,
      offersRegistration: currentSettings().dynamicRegistration !== "off",
      protectedResources: listResourceIdentifiers(),
    }),
  });
}, allowAnyone);

/**
 * RFC 8414 §2 `jwks_uri`. Public and the same for everyone: any site's scripts may read it and any cache may keep it.
 */
export const answerKeySetRequest = protocolRoute(
  async () =>
    protocolResponse({
      status: 200,
      headers: { "Cache-Control": `public, max-age=${keySetMaxAge}`, "Access-Control-Allow-Origin": "*" },
      body: { keys: await getKeyRing().publicKeys() },
    }),
  allowAnyone,
);
