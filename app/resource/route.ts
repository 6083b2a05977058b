import type { HttpRequest } from "@/lib/http/http-request";
import { protect } from "@/lib/http/machine/protect";
import { formatScope } from "@/lib/oauth/scope/scope";

/** The sample protected API: returns what the presented token represents. */
export const GET = protect<HttpRequest>({ scopes: ["read"], resource: "/resource" }, async (_request, token) =>
  Response.json(
    {
      user: token.user,
      application: { client_id: token.clientId, name: token.applicationName },
      scope: formatScope(token.scopes),
      expires_at: token.expiresAt.toISOString(),
    },
    { headers: { "Cache-Control": "no-store" } },
  ),
);
