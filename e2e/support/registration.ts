import { expect } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { forgetAttempts } from "@/lib/db/rate-limits";
import { deleteApplication } from "@/lib/services/applications/delete-application";
import { systemContext } from "@/lib/services/context";
import { createInitialAccessToken } from "@/lib/services/registrations/create-initial-access-token";
import { expectOAuthError } from "./expectations";
import { type Answer, send } from "./http";
import type { ServerVariables } from "./own-server";
import { noteSecret } from "./secrets-seen";
import { findSharedServer, type SharedServer } from "./shared-server";
import { basicAuthorization, parseJson, requestToken } from "./token-client";

export interface RegistrationAnswer extends Answer {
  body: Record<string, unknown>;
  clientId: string;
  clientSecret: string;
  registrationToken: string;
}

export interface InitialAccessToken {
  id: string;
  token: string;
}

/** Enough to be registered with all defaults. */
export const webApp = { client_name: "Registered by itself", redirect_uris: ["https://app.example.test/callback"] };

/** The registered values that every client gets back if it sent none. */
export const defaultMetadata = {
  dpop_bound_access_tokens: false,
  require_pushed_authorization_requests: false,
  subject_type: "public",
  id_token_signed_response_alg: "RS256",
  require_auth_time: false,
  authorization_signed_response_alg: "RS256",
  introspection_signed_response_alg: "RS256",
  require_signed_request_object: false,
  backchannel_logout_session_required: false,
  frontchannel_logout_session_required: false,
};

/** For a client that users sign in to, and that names none. */
export const defaultScope = "address email groups offline_access openid phone profile read write";

export const machine = { client_name: "Machine", grant_types: ["client_credentials"] };

/** RFC 6750 §3: 401 with a challenge. */
export function expectInvalidToken(answer: Answer): void {
  expectOAuthError(answer, 401, "invalid_token");
  expect(answer.headers["www-authenticate"]).toMatch(/^Bearer realm="Latchkey"/);
}

/** What a client may send back of its registration (RFC 7592 §2.2). */
export function toUpdate({ body }: RegistrationAnswer, change: object = {}): object {
  const {
    client_secret: _secret,
    client_secret_expires_at: _end,
    client_id_issued_at: _start,
    registration_access_token: _token,
    registration_client_uri: _uri,
    ...metadata
  } = body;
  return { ...metadata, ...change };
}

/** Requests a token of the client credentials grant from one of the other servers. */
export function requestMachineToken({ clientId, clientSecret }: RegistrationAnswer) {
  const headers = { Authorization: basicAuthorization(clientId, clientSecret) };
  return requestToken({ grant_type: "client_credentials" }, { headers });
}

/**
 * Two servers with dynamic registration, one with a token and one without, on the database of all other servers; and
 * what registers with them. Removes what it has created.
 */
export class RegistrationServers {
  readonly database = getPrisma();
  readonly #context = systemContext();
  readonly #clientIds: string[] = [];
  readonly #tokenIds: string[] = [];
  readonly #secrets: string[] = [];
  readonly #servers: { token?: SharedServer; open?: SharedServer } = {};

  /** Finds both servers, or those of `modes`. `variables` are additional settings. */
  async start({
    modes = ["token", "open"],
    variables = {},
  }: {
    modes?: readonly ("token" | "open")[];
    variables?: ServerVariables;
  } = {}): Promise<void> {
    for (const mode of modes) {
      this.#servers[mode] = await findSharedServer({ ...variables, DYNAMIC_REGISTRATION: mode });
    }
  }

  /** Origin of the server that requires a token. */
  get tokenBase(): string {
    return this.#servers.token?.baseUrl ?? "";
  }

  /** Origin of the server with open registration. */
  get openBase(): string {
    return this.#servers.open?.baseUrl ?? "";
  }

  async createToken({ uses = 1000, label = "Tests" } = {}): Promise<InitialAccessToken> {
    const created = await createInitialAccessToken(this.#context, { label, maximumUses: uses, expiresInDays: 1 });
    this.#tokenIds.push(created.id);
    this.#note(created.token);
    return created;
  }

  /** Registers at the server that requires a token unless `base` says otherwise. An object is sent as JSON. */
  async register(
    metadata: object | string,
    { token, base = this.tokenBase, headers = {} }: { token?: string; base?: string; headers?: object } = {},
  ): Promise<RegistrationAnswer> {
    const answer = await send("POST", "/o/register/", {
      base,
      headers: { "Content-Type": "application/json", ...authorizationOf(token), ...headers },
      body: typeof metadata === "string" ? metadata : JSON.stringify(metadata),
    });
    const read = this.#read(answer);
    if (answer.status === 201) this.#clientIds.push(read.clientId);
    return read;
  }

  /** Sends a request to the client configuration endpoint (RFC 7592 §2). */
  async manage(
    method: "GET" | "PUT" | "DELETE",
    clientId: string,
    { token, body, base = this.tokenBase }: { token?: string; body?: object; base?: string } = {},
  ): Promise<RegistrationAnswer> {
    const answer = await send(method, `/o/register/${clientId}`, {
      base,
      headers: { ...(body ? { "Content-Type": "application/json" } : {}), ...authorizationOf(token) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return this.#read(answer);
  }

  /** For a client that another program registered. */
  adopt(clientId: string, ...secrets: string[]): void {
    this.#clientIds.push(clientId);
    for (const secret of secrets) this.#note(secret);
  }

  find(clientId: string) {
    return this.database.application.findUnique({
      where: { clientId },
      include: { redirectUris: { orderBy: { position: "asc" } }, secrets: true },
    });
  }

  /** Resets this machine's attempts. For the one file that uses them up. */
  forgetAttempts(): Promise<void> {
    return forgetAttempts("registration|127.0.0.1");
  }

  /** The same for sector identifiers that were fetched for this machine. */
  forgetSectorFetches(): Promise<void> {
    return forgetAttempts("sector identifier|127.0.0.1");
  }

  /** Secrets that one of these servers has printed. */
  findPrintedSecrets(): string[] {
    const output = Object.values(this.#servers)
      .map((server) => server.output())
      .join("\n");
    return this.#secrets.filter((secret) => output.includes(secret)).map((secret) => `${secret.slice(0, 4)}…`);
  }

  async cleanUp(): Promise<void> {
    const { database } = this;
    const left = await database.application.findMany({
      where: { clientId: { in: this.#clientIds } },
      select: { id: true },
    });
    for (const { id } of left) await deleteApplication(this.#context, { id });
    await database.initialAccessToken.deleteMany({ where: { id: { in: this.#tokenIds } } });
    const paths = [...this.#clientIds.map((id) => ["clientId", id]), ...this.#tokenIds.map((id) => ["tokenId", id])];
    for (const [name = "", equals] of paths) {
      await database.auditEvent.deleteMany({ where: { details: { path: [name], equals } } });
    }
  }

  #read(answer: Answer): RegistrationAnswer {
    const body = parseJson(answer.text);
    const read = (name: string) => (typeof body[name] === "string" ? body[name] : "");
    const [clientSecret, registrationToken] = [read("client_secret"), read("registration_access_token")];
    this.#note(clientSecret);
    this.#note(registrationToken);
    return { ...answer, body, clientId: read("client_id"), clientSecret, registrationToken };
  }

  #note(secret: string): void {
    if (secret === "") return;
    this.#secrets.push(secret);
    noteSecret(secret);
  }
}

function authorizationOf(token: string | undefined): { Authorization?: string } {
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}
