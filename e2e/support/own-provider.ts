import { currentSettings } from "@/lib/current-settings";
import { createAuditLog } from "@/lib/db/audit-log";
import { createPrismaClient, type PrismaClient } from "@/lib/db/client";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { systemContext } from "@/lib/services/context";
import type { PortalRole } from "@/lib/services/permissions";
import { insertUser, prepareUser } from "@/lib/services/users/create-user";
import { BrowserClient } from "./browser-client";
import { send } from "./http";
import type { LogoutAddresses, RelyingParty } from "./logout";
import { OwnInstallation, type OwnServer, type ServerVariables } from "./own-server";
import type { TestUser } from "./portal";
import { noteSecret } from "./secrets-seen";
import { parseJson } from "./token-client";

/**
 * A server with its own database, for tests that would affect the servers of all others. Applications register
 * themselves with it, including those on this machine.
 */
export class OwnProvider {
  readonly #installation = new OwnInstallation();
  #server: OwnServer | null = null;
  #database: PrismaClient | null = null;

  /** On its own PostgreSQL, or on the database of another installation. `more` are other settings. */
  async start({ databaseUrl, more = {} }: { databaseUrl?: string; more?: ServerVariables } = {}): Promise<void> {
    const env = { DYNAMIC_REGISTRATION: "open", OUTBOUND_PRIVATE_NETWORKS: "127.0.0.1", ...more };
    this.#server = await this.#installation.start({
      env: databaseUrl ? { ...env, DATABASE_URL: databaseUrl, AUTH_SECRET: process.env.AUTH_SECRET ?? "" } : env,
    });
    this.#database = createPrismaClient(databaseUrl ?? this.#installation.databaseUrl);
  }

  get baseUrl(): string {
    if (!this.#server) throw new Error("The provider has not been started.");
    return this.#server.baseUrl;
  }

  get issuer(): string {
    return `${this.baseUrl}/o`;
  }

  /** For reading tables and moving times. */
  get database(): PrismaClient {
    if (!this.#database) throw new Error("The provider has not been started.");
    return this.#database;
  }

  async createUser(portalRole: PortalRole | null = null): Promise<TestUser> {
    const username = `user-${randomAlphanumeric(12).toLowerCase()}`;
    const user = { username, email: `${username}@example.test`, password: randomAlphanumeric(24) };
    noteSecret(user.password);
    const prepared = await prepareUser(user);
    const { id } = await this.database.$transaction((tx) =>
      insertUser(systemContext(), tx, createAuditLog(tx, currentSettings()), prepared, portalRole),
    );
    return { id, ...user };
  }

  /** A new browser in which the user is signed in. */
  async signIn(user: TestUser): Promise<BrowserClient> {
    const browser = new BrowserClient({ base: this.baseUrl, origin: this.baseUrl });
    await browser.signIn(user);
    return browser;
  }

  /** Registers an application like programs do (OpenID Connect Dynamic Client Registration §3.1). */
  async register({ backchannelLogoutUri }: LogoutAddresses = {}): Promise<RelyingParty> {
    await this.database.rateLimit.deleteMany();
    const name = `App ${randomAlphanumeric(10)}`;
    const origin = `https://${randomAlphanumeric(10).toLowerCase()}.example.test`;
    const [redirectUri, postLogoutRedirectUri] = [`${origin}/callback`, `${origin}/post_logout_redirect`];
    const metadata = {
      client_name: name,
      redirect_uris: [redirectUri],
      grant_types: ["authorization_code", "refresh_token"],
      token_endpoint_auth_method: "client_secret_post",
      post_logout_redirect_uris: [postLogoutRedirectUri],
      backchannel_logout_uri: backchannelLogoutUri,
      backchannel_logout_session_required: backchannelLogoutUri !== undefined,
    };
    const headers = { "Content-Type": "application/json" };
    const answer = await send("POST", "/o/register", { base: this.baseUrl, headers, body: JSON.stringify(metadata) });
    if (answer.status !== 201) throw new Error(`Not registered: ${answer.status} ${answer.text}`);
    const { client_id: clientId, client_secret: clientSecret } = parseJson(answer.text);
    noteSecret(String(clientSecret));
    const application = { clientId: String(clientId), clientSecret: String(clientSecret) };
    const { id } = await this.database.application.findUniqueOrThrow({
      where: { clientId: application.clientId },
      select: { id: true },
    });
    return { id, name, ...application, redirectUri, postLogoutRedirectUri };
  }

  async remove(): Promise<void> {
    await this.#database?.$disconnect();
    await this.#installation.remove();
  }
}
