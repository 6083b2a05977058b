// An MCP client that registers itself. Node.js 20, @modelcontextprotocol/sdk 1.32.2.
//   node client.mjs http://127.0.0.1:3000/mcp
import { createServer } from "node:http";
import { UnauthorizedError } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const url = new URL(process.argv[2]);

// The browser comes back here (RFC 8252 §7.3): any free port will do.
let receive;
const received = new Promise((resolve) => {
  receive = resolve;
});
const callback = createServer((request, response) => {
  const { searchParams } = new URL(request.url, "http://localhost");
  response.end("You can close this window.");
  receive(searchParams);
});
await new Promise((resolve) => callback.listen(0, "localhost", resolve));
const redirectUrl = `http://localhost:${callback.address().port}/callback`;

/** Keeps everything in memory; a real client stores client and tokens for the next time. */
class Provider {
  redirectUrl = redirectUrl;
  clientMetadata = {
    client_name: "Notes client",
    redirect_uris: [redirectUrl],
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
  };
  #state = crypto.randomUUID();
  #kept = {};

  state = () => this.#state;
  clientInformation = () => this.#kept.client;
  saveClientInformation = (client) => Object.assign(this.#kept, { client });
  tokens = () => this.#kept.tokens;
  saveTokens = (tokens) => Object.assign(this.#kept, { tokens });
  saveCodeVerifier = (verifier) => Object.assign(this.#kept, { verifier });
  codeVerifier = () => this.#kept.verifier;
  redirectToAuthorization = (authorizationUrl) => console.log(`Open ${authorizationUrl}`);
}

const authProvider = new Provider();

function connect() {
  const transport = new StreamableHTTPClientTransport(url, { authProvider });
  const client = new Client({ name: "notes-client", version: "1.0.0" });
  return { client, transport };
}

const first = connect();
try {
  await first.client.connect(first.transport);
} catch (error) {
  if (!(error instanceof UnauthorizedError)) throw error;
  const answer = await received;
  if (answer.get("state") !== authProvider.state()) throw new Error("The answer belongs to another request.");
  if (answer.has("error")) throw new Error(`The request was answered ${answer.get("error")}.`);
  await first.transport.finishAuth(answer.get("code"));
}
const { client, transport } = connect();
await client.connect(transport);
const { content } = await client.callTool({ name: "whoami", arguments: {} });
console.log(content[0].text);
console.log(`Granted: ${authProvider.tokens().scope}`);
await client.close();
callback.close();
callback.closeAllConnections();
