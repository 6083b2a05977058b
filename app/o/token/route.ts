import { protocolRoute } from "@/lib/http/protocol-route";
import { readFormText } from "@/lib/http/read-form";
import { jsonResponse, methodNotAllowed } from "@/lib/http/responses";
import { log } from "@/lib/log";
import { answerTokenRequest } from "@/lib/oauth/token";
import { oauthServer } from "@/lib/oauth-server";

/** RFC 6749 §3.2. */
export const POST = protocolRoute(async (request) => {
  const response = await answerTokenRequest(
    oauthServer(),
    {
      query: new URL(request.url).search.slice(1),
      contentType: request.headers.get("content-type"),
      authorization: request.headers.get("authorization"),
      body: await readFormText(request),
    },
    ({ error, cause, description }) => log().info({ error, reason: cause ?? description }, "token request refused"),
  );
  return jsonResponse(response);
});

const notAllowed = methodNotAllowed("POST");

export {
  notAllowed as GET,
  notAllowed as HEAD,
  notAllowed as PUT,
  notAllowed as PATCH,
  notAllowed as DELETE,
  notAllowed as OPTIONS,
};
