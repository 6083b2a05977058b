import { describeUser } from "@/lib/oauth/access/userinfo";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import { Parameters } from "@/lib/oauth/wire/parameters";
import { oauthServer } from "@/lib/oauth-server";
import { readFormText } from "../forms/read-form";
import type { HttpRequest } from "../http-request";
import { allowScripts, isAllowedOrigin, withCors } from "./cors";
import { protect } from "./protect";
import { protocolRoute } from "./protocol-route";

const noStore = { "Cache-Control": "no-store" };

/** Answers `/o/userinfo`: the user that the presented token represents (OpenID Connect Core §5.3.2). */
const answer = protect<HttpRequest>({ scopes: [], resource: "/o/userinfo" }, async (_request, token) => {
  const described = await describeUser(oauthServer(), token);
  if (described.kind === "json") return Response.json(described.claims, { headers: noStore });
  return new Response(described.jwt, { headers: { ...noStore, "Content-Type": "application/jwt" } });
});

/** Scripts may read it if an application has registered their origin (RFC 9700 §2.6). */
export const answerUserinfo = protocolRoute(async (request) => {
  const response = await answer(await readTokenFromForm(request));
  const origin = request.headers.get("origin");
  if (origin === null || !(await isAllowedOrigin(origin))) return response;
  return withCors(response, origin);
}, allowScripts);

/**
 * Moves a token from a POST form to the header: OpenID Connect Core §5.3.1 requires all of RFC 6750, of which only the
 * query string is ruled out (RFC 9700 §4.3.2).
 */
async function readTokenFromForm(request: HttpRequest): Promise<HttpRequest> {
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (request.method !== "POST" || type !== "application/x-www-form-urlencoded") return request;
  const parameters = Parameters.parse(await readFormText(request));
  parameters.refuseRepeated();
  const token = parameters.get("access_token");
  if (token === undefined) return request;
  // As in the header: `Headers` itself would reject other characters.
  if (!/^[A-Za-z0-9._~+/-]+=*$/.test(token)) throw new InvalidRequestError("The parameter access_token is malformed.");
  const headers = new Headers(request.headers);
  // RFC 6750 §2: one method at a time.
  if (headers.has("authorization")) throw new InvalidRequestError("The access token must be sent in one way only.");
  headers.set("authorization", `Bearer ${token}`);
  return { method: "POST", url: request.url, headers, body: null };
}
