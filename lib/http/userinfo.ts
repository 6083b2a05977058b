import { InvalidTokenError } from "@/lib/oauth/errors";
import { oauthServer } from "@/lib/oauth-server";
import { withCors } from "./cors";
import { protect } from "./protect";

/**
 * Answers `/o/userinfo`: whom the token that was presented stands for, by the `sub` that introspection and JWT access
 * tokens give (OpenID Connect Core §5.3.2). A token of an application itself stands for nobody.
 */
const answer = protect({ scopes: [], resource: "/o/userinfo" }, async (_request, { user }) => {
  if (!user) throw new InvalidTokenError();
  return Response.json({ sub: user.id }, { headers: { "Cache-Control": "no-store" } });
});

/** Scripts may read it where an application has named their origin (RFC 9700 §2.6). */
export async function answerUserinfo(request: Request): Promise<Response> {
  const response = await answer(request);
  const origin = request.headers.get("origin");
  if (origin === null || !(await oauthServer().stores.clients.isAllowedOrigin(origin))) return response;
  return withCors(response, origin);
}
