import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { OwnInstallation, type OwnServer, type ServerVariables } from "@/e2e/support/own-server";
import { currentSettings } from "@/lib/current-settings";
import type { PrismaClient } from "@/lib/db/client";
import type { Client } from "@/lib/oauth/ports/client";
import type { AuthorizationCode } from "@/lib/oauth/ports/types";
import { migrate } from "@/server/database/migrate";
import { acquirePostgres, findFreePort, makeTemporaryDataDir } from "@/server/postgres";

const authSecret = "a secret of the bench, of thirty-two characters";

/** Several server processes on one PostgreSQL, with one user. */
export interface TestCluster {
  bases: string[];
  pids: number[];
  prisma: PrismaClient;
  userId: string;
  /** The nth server, in rotation. */
  base(index: number): string;
  createClient(values?: ClusterClientValues): Promise<ClusterClient>;
  /** A user with a password. */
  createUser(): Promise<{ username: string; password: string }>;
  /** A code as the authorization endpoint would have issued it. */
  issueCode(client: ClusterClient, scopes?: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

export type ClusterClientValues = Partial<
  Pick<Client, "grantTypes" | "tokenEndpointAuthMethod" | "jwks" | "idTokenSignedResponseAlg">
>;

export interface ClusterClient {
  id: string;
  clientId: string;
  credentials: Record<string, string>;
}

/** `variablesOf` are settings of one process. */
export async function startServers(
  processes: number,
  variablesOf: (index: number) => ServerVariables = () => ({}),
): Promise<TestCluster> {
  const dataDir = makeTemporaryDataDir("latchkey-bench-");
  const postgres = await acquirePostgres(dataDir);
  await migrate(postgres.url);
  Object.assign(process.env, { DATABASE_URL: postgres.url, AUTH_SECRET: authSecret, NODE_ENV: "production" });
  const installation = new OwnInstallation();
  const publicUrl = `http://127.0.0.1:${await findFreePort()}`;
  const servers: OwnServer[] = [];
  for (let number = 0; number < processes; number++) {
    const env = { DATABASE_URL: postgres.url, AUTH_SECRET: authSecret, LOG_LEVEL: "error", ...variablesOf(number) };
    servers.push(await installation.start({ publicUrl, env }));
  }
  process.env.PUBLIC_URL = publicUrl;
  const { getPrisma } = await import("@/lib/db/prisma");
  const { createPrismaStores } = await import("@/lib/db/oauth-store");
  const { buildCode } = await import("@/lib/oauth/testing/builders");
  const { digest, generateClientSecret, randomToken } = await import("@/lib/oauth/wire/digest");
  const { createAuditLog } = await import("@/lib/db/audit-log");
  const { systemContext } = await import("@/lib/services/context");
  const { insertUser, prepareUser } = await import("@/lib/services/users/create-user");
  const prisma = getPrisma();
  const stores = createPrismaStores(prisma, currentSettings());
  const { id: userId } = await prisma.user.create({
    data: {
      username: "bench",
      usernameKey: "bench",
      email: "bench@example.test",
      emailKey: "bench@example.test",
    },
  });
  const bases = servers.map(({ baseUrl }) => baseUrl);
  return {
    bases,
    pids: servers.map(({ pid }) => pid),
    prisma,
    userId,
    base: (index) => bases[index % bases.length] ?? "",
    async createClient({ tokenEndpointAuthMethod = null, jwks, ...values } = {}) {
      const { grantTypes = ["authorization_code", "refresh_token"], idTokenSignedResponseAlg = "RS256" } = values;
      const [clientId, secret] = [randomUUID(), generateClientSecret()];
      const { id } = await prisma.application.create({
        data: {
          clientId,
          name: "bench",
          clientType: "confidential",
          grantTypes: [...grantTypes],
          tokenEndpointAuthMethod,
          idTokenSignedResponseAlg,
          ...(jwks ? { jwks: JSON.parse(JSON.stringify(jwks)) } : {}),
          secrets: { create: { label: "bench", hash: digest(secret), lastFour: "test" } },
        },
      });
      const credentials: Record<string, string> = jwks ? {} : { client_id: clientId, client_secret: secret };
      return { id, clientId, credentials };
    },
    async createUser() {
      const name = `bench-${randomUUID()}`;
      const user = { username: name, email: `${name}@example.test`, password: randomToken() };
      const prepared = await prepareUser(user);
      await prisma.$transaction((tx) =>
        insertUser(systemContext(), tx, createAuditLog(tx, currentSettings()), prepared, null),
      );
      return user;
    },
    async issueCode(client, scopes = ["read"]) {
      const [code, createdAt] = [randomToken(), new Date()];
      const values: Partial<AuthorizationCode> = {
        codeHash: digest(code),
        sessionId: null,
        scopes,
        redirectUriSent: false,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + 600_000),
      };
      await stores.codes.issue(buildCode({ applicationId: client.id, userId }, values), { whileConsented: false });
      return code;
    },
    async close() {
      await installation.remove();
      await prisma.$disconnect();
      await postgres.release();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
