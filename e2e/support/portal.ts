import { getPrisma } from "@/lib/db/prisma";
import type { Scope } from "@/lib/oauth/ports/types";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { createApi } from "@/lib/services/apis/create-api";
import { addClientSecret } from "@/lib/services/applications/credentials/client-secrets";
import { deleteApplication } from "@/lib/services/applications/delete-application";
import { type RegistrationInput, registerApplication } from "@/lib/services/applications/register-application";
import { setApplicationDisabled } from "@/lib/services/applications/set-application-disabled";
import { systemContext, userActor, withTransaction } from "@/lib/services/context";
import type { PortalRole } from "@/lib/services/permissions";
import { insertUser, type PreparedUser, prepareUser } from "@/lib/services/users/create-user";
import { baseUrl } from "./environment";
import { noteSecret } from "./secrets-seen";

export interface TestUser {
  id: string;
  username: string;
  email: string;
  password: string;
}

export interface TestApplication {
  id: string;
  name: string;
  clientId: string;
  /** Empty for a public client. */
  clientSecret: string;
  /** The first one; empty if there is none. */
  redirectUri: string;
}

export interface TestApi {
  id: string;
  name: string;
  /** The `resource` of a request and the `aud` of a token. */
  identifier: string;
}

export interface ApiOverrides {
  identifier?: string;
  name?: string;
  scopes?: string[];
  tokenFormat?: "opaque" | "jwt";
  /** Seconds. */
  lifetime?: number;
  resourceServers?: readonly Pick<TestApplication, "clientId">[];
}

export type ApplicationOverrides = Partial<Omit<RegistrationInput, "owner">> & {
  owner?: TestUser;
  /** Who fills in the form; an administrator by default. */
  registrant?: TestUser;
};

/** Shared by all users that this process creates: hashing one for each takes longer than most tests. */
const password = randomAlphanumeric(24);
let passwordHash: Promise<PreparedUser["passwordHash"]> | null = null;

interface UserOptions {
  administrator?: boolean;
  portalRole?: PortalRole | null;
  nameLength?: number;
}

/** Creates what a test needs through the project's own services, and removes it all again. */
export class Portal {
  readonly context = systemContext();
  /** For what no service does: reading tables and moving times. */
  readonly database = getPrisma();
  readonly #userIds: string[] = [];
  readonly #applicationIds: string[] = [];
  readonly #scopes: string[] = [];
  readonly #apiIds: string[] = [];
  readonly #cleanings: (() => Promise<unknown>)[] = [];

  async createUser(options: UserOptions = {}): Promise<TestUser> {
    const { administrator = false, portalRole = administrator ? "administrator" : null, nameLength = 17 } = options;
    const username = `user-${randomAlphanumeric(nameLength - 5).toLowerCase()}`;
    // RFC 5321 §4.5.3.1.1: 64 octets before the @.
    const email = `${username.slice(0, 64)}@example.test`;
    const user = { username, email, password };
    noteSecret(password);
    passwordHash ??= prepareUser(user).then((prepared) => prepared.passwordHash);
    const prepared = { username, email, passwordHash: await passwordHash };
    const { id } = await withTransaction(this.context, (tx, audit) =>
      insertUser(this.context, tx, audit, prepared, portalRole),
    );
    this.#userIds.push(id);
    return { id, ...user };
  }

  /** A confidential client of the authorization code grant with refresh tokens, unless `overrides` says otherwise. */
  async createApplication({ owner, registrant, ...overrides }: ApplicationOverrides = {}): Promise<TestApplication> {
    const input = {
      name: `App ${randomAlphanumeric(10)}`,
      clientType: "confidential" as const,
      grantTypes: ["authorization_code" as const, "refresh_token" as const],
      redirectUris: [`${baseUrl}/noexist/callback`],
      allowedScopes: [],
      requirePkce: false,
      skipConsent: false,
      ...overrides,
    };
    const actor = registrant ? userActor({ id: registrant.id, portalRole: null }) : this.context.actor;
    const { id, clientId, clientSecret } = await registerApplication(
      { ...this.context, actor },
      {
        ...input,
        ...(owner ? { owner: owner.id } : {}),
      },
    );
    this.#applicationIds.push(id);
    noteSecret(clientSecret ?? "");
    const [redirectUri = ""] = input.redirectUris;
    return { id, name: input.name, clientId, clientSecret: clientSecret ?? "", redirectUri };
  }

  /** A confidential client of the client credentials grant. */
  createMachine(overrides: ApplicationOverrides = {}): Promise<TestApplication> {
    return this.createApplication({ grantTypes: ["client_credentials"], redirectUris: [], ...overrides });
  }

  /** A public client whose redirect URI proves who gets the code, so that consent may be remembered. */
  createPublicApplication(overrides: ApplicationOverrides = {}): Promise<TestApplication> {
    return this.createApplication({
      clientType: "public",
      redirectUris: ["https://app.example.test/callback"],
      ...overrides,
    });
  }

  async addSecret(application: TestApplication): Promise<{ secretId: string; clientSecret: string }> {
    const added = await addClientSecret(this.context, {
      applicationId: application.id,
      label: "Another",
      expiresInDays: 0,
    });
    noteSecret(added.clientSecret);
    return added;
  }

  async disableApplication({ id }: TestApplication): Promise<void> {
    await setApplicationDisabled(this.context, { id, disabled: true });
  }

  async disableUser({ id }: TestUser): Promise<void> {
    await this.database.user.update({ where: { id }, data: { disabledAt: new Date() }, select: { id: true } });
  }

  /** Removes a user that something else created with the rest. */
  async adoptUser(username: string): Promise<void> {
    const user = await this.database.user.findFirst({ where: { username }, select: { id: true } });
    if (user) this.#userIds.push(user.id);
  }

  async createScope(scope: Partial<Scope> = {}): Promise<string> {
    const { name = `scope-${randomAlphanumeric(10)}` } = scope;
    await this.database.scope.create({ data: { description: `Do what ${name} allows`, ...scope, name } });
    this.#scopes.push(name);
    return name;
  }

  /**
   * An API for `read` and `write` with opaque tokens of the server's default lifetime, unless `overrides` says
   * otherwise.
   */
  async createApi({ lifetime, resourceServers = [], ...overrides }: ApiOverrides = {}): Promise<TestApi> {
    const unique = randomAlphanumeric(10);
    const api = {
      identifier: `https://api-${unique.toLowerCase()}.example.test/`,
      name: `API ${unique}`,
      scopes: ["read", "write"],
      tokenFormat: "opaque" as const,
      ...overrides,
    };
    const id = await createApi(this.context, {
      ...api,
      accessTokenLifetime: lifetime ?? null,
      resourceServers: resourceServers.map(({ clientId }) => clientId),
    });
    this.#apiIds.push(id);
    return { id, name: api.name, identifier: api.identifier };
  }

  /** This many APIs at once, the oldest first, without audit events. Returns a word that all their names contain. */
  async createApis(count: number, scopes: string[] = ["read", "write"]): Promise<string> {
    const label = randomAlphanumeric(10).toLowerCase();
    const start = Date.now();
    const data = Array.from({ length: count }, (_, index) => {
      const unique = `${String(index).padStart(4, "0")}-${label}`;
      const createdAt = new Date(start + index);
      return { identifier: `https://api-${unique}.example.test/`, name: `API ${unique}`, scopes, createdAt };
    });
    const created = await this.database.api.createManyAndReturn({ data, select: { id: true } });
    this.#apiIds.push(...created.map(({ id }) => id));
    return label;
  }

  /** Removes an API that something else created with the rest. */
  adoptApi(id: string): void {
    this.#apiIds.push(id);
  }

  /** Removes a scope that something else created with the rest. */
  adoptScope(name: string): void {
    this.#scopes.push(name);
  }

  /** Ends the grace period of every refresh so far. */
  async endGracePeriods({ id }: TestApplication): Promise<void> {
    await this.database.$executeRaw`
      UPDATE refresh_tokens SET rotated_at = rotated_at - interval '1 minute'
      WHERE rotated_at IS NOT NULL AND family_id IN (SELECT id FROM token_families WHERE application_id = ${id}::uuid)`;
  }

  /** How many codes were ever issued for the application. */
  countCodes({ id }: TestApplication): Promise<number> {
    return this.database.authorizationCode.count({ where: { applicationId: id } });
  }

  /** Removes what something else created. */
  atCleanUp(clean: () => Promise<unknown>): void {
    this.#cleanings.push(clean);
  }

  async cleanUp(): Promise<void> {
    const { database } = this;
    await Promise.all(this.#cleanings.map((clean) => clean()));
    const owned = await database.application.findMany({
      where: { OR: [{ id: { in: this.#applicationIds } }, { ownerId: { in: this.#userIds } }] },
      select: { id: true },
    });
    for (const { id } of owned) await deleteApplication(this.context, { id });
    await database.user.deleteMany({ where: { id: { in: this.#userIds } } });
    await database.api.deleteMany({ where: { id: { in: this.#apiIds } } });
    await database.scope.deleteMany({ where: { name: { in: this.#scopes } } });
    const applicationIds = [...this.#applicationIds, ...owned.map(({ id }) => id)];
    await database.auditEvent.deleteMany({
      where: {
        OR: [
          { applicationId: { in: applicationIds } },
          { userId: { in: this.#userIds } },
          ...this.#apiIds.map((id) => ({ details: { path: ["apiId"], equals: id } })),
          ...this.#scopes.map((scope) => ({ details: { path: ["scope"], equals: scope } })),
        ],
      },
    });
  }
}
