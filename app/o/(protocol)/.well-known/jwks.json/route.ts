import { allowAnyone, publicPreflight, refuseWriting } from "@/lib/http/machine/cors";
import { protocolRoute } from "@/lib/http/machine/protocol-route";
import { protocolResponse } from "@/lib/http/responses";
import { getKeyRing } from "@/lib/keys/signing-keys";
import { keySetMaxAge } from "@/lib/oauth/keys/key-schedule";

/** RFC 8414 §2 `jwks_uri`: public and the same for everyone, so any site's scripts and any cache may have it. */
export const GET = protocolRoute(
  async () =>
    protocolResponse({
      status: 200,
      headers: { "Cache-Control": `public, max-age=${keySetMaxAge}`, "Access-Control-Allow-Origin": "*" },
      body: { keys: await getKeyRing().publicKeys() },
    }),
  allowAnyone,
);

export {
  publicPreflight as OPTIONS,
  refuseWriting as DELETE,
  refuseWriting as PATCH,
  refuseWriting as POST,
  refuseWriting as PUT,
};
