// An MCP server that takes Latchkey's tokens. Node.js 20, @modelcontextprotocol/sdk 1.32.2.
//   ISSUER=http://127.0.0.1:8000/o RESOURCE=http://127.0.0.1:3000/mcp node server.mjs
// With CLIENT_ID and CLIENT_SECRET of an application that is a resource server of the API, it asks Latchkey about each
// token (RFC 7662); without, it verifies JWTs itself (RFC 9068).
import { InvalidTokenError } from "@modelcontextprotocol/sdk/server/auth/errors.js";
import { requireBearerAuth } from "@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js";
import {
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthMetadataRouter,
} from "@modelcontextprotocol/sdk/server/auth/router.js";
import { createMcpExpressApp } from "@modelcontextprotocol/sdk/server/express.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { createRemoteJWKSet, jwtVerify } from "jose";

const { ISSUER, RESOURCE, CLIENT_ID, CLIENT_SECRET, SCOPES = "" } = process.env;
const url = new URL(RESOURCE);
const metadataUrl = new URL(ISSUER);
metadataUrl.pathname = `/.well-known/oauth-authorization-server${metadataUrl.pathname}`;
const oauthMetadata = await (await fetch(metadataUrl)).json();

const keys = createRemoteJWKSet(new URL(oauthMetadata.jwks_uri));

/** RFC 9068 §4: signature, type, issuer, audience and time. */
async function verifyJwt(token) {
  const expected = { issuer: ISSUER, audience: RESOURCE, typ: "at+jwt" };
  const { payload } = await jwtVerify(token, keys, expected).catch((error) => {
    throw new InvalidTokenError(error.message);
  });
  return payload;
}

/** RFC 7662: it knows at once when a token has been revoked, and takes opaque ones too. */
async function introspect(token) {
  const encode = (value) => encodeURIComponent(value);
  const credentials = Buffer.from(`${encode(CLIENT_ID)}:${encode(CLIENT_SECRET)}`).toString("base64");
  const answer = await fetch(oauthMetadata.introspection_endpoint, {
    method: "POST",
    headers: { Authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ token }),
  });
  if (!answer.ok) throw new Error(`Introspection was answered ${answer.status}.`);
  const claims = await answer.json();
  if (!claims.active || ![claims.aud].flat().includes(RESOURCE)) throw new InvalidTokenError("The token isn't active.");
  return claims;
}

const verifier = {
  async verifyAccessToken(token) {
    const claims = CLIENT_SECRET ? await introspect(token) : await verifyJwt(token);
    const scopes = claims.scope.split(" ");
    return { token, clientId: claims.client_id, scopes, expiresAt: claims.exp, extra: { user: claims.sub } };
  },
};

function createServer() {
  const server = new McpServer({ name: "notes", version: "1.0.0" });
  server.registerTool("whoami", { description: "Says whom the access token stands for." }, ({ authInfo }) => ({
    content: [{ type: "text", text: `${authInfo.extra.user} may ${authInfo.scopes.join(" ")}` }],
  }));
  return server;
}

const app = createMcpExpressApp({ host: url.hostname });
const scopesSupported = SCOPES === "" ? undefined : SCOPES.split(" ");
// RFC 9728: where clients learn which server issues tokens for this one.
app.use(mcpAuthMetadataRouter({ oauthMetadata, resourceServerUrl: url, scopesSupported, resourceName: "Notes" }));
const guard = requireBearerAuth({
  verifier,
  requiredScopes: scopesSupported ?? [],
  resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(url),
});
app.post(url.pathname, guard, async (request, response) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on("close", () => transport.close());
  await createServer().connect(transport);
  await transport.handleRequest(request, response, request.body);
});
app.listen(Number(url.port), url.hostname, () => console.log(`MCP server at ${url.href}`));
