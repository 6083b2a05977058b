import { randomUUID } from "node:crypto";
import { currentSettings } from "@/lib/current-settings";
import { buildApi, buildClient } from "@/lib/oauth/testing/builders";
import { describeStoreContract, type StoreHarness, type StoreSeed } from "@/lib/oauth/testing/store-contract";
import { digest } from "@/lib/oauth/wire/digest";
import { createPrismaClient, type PrismaClient } from "./client";
import { toSettingColumns } from "./oauth/client-settings";
import { createPrismaStores } from "./oauth-store";

/** What was seeded, so that only that is removed: the database may hold other tests' rows. */
interface Seeded {
  userIds: string[];
  applicationIds: string[];
  scopeNames: string[];
  apiIds: string[];
  groupNames: string[];
  auditReferences: string[];
}

const longAgo = new Date("2001-01-01T00:00:00Z");

/** The runner starts a PostgreSQL, applies the migrations and says where it is. */
function readDatabaseUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error("TEST_DATABASE_URL is not set: run this with `npm test -- --only=contract`.");
  return url;
}

function createSeed(prisma: PrismaClient, seeded: Seeded): StoreSeed {
  return {
    async user(values) {
      const id = values?.id ?? randomUUID();
      const user = { id, username: `user-${id}`, disabled: false, ...values };
      seeded.userIds.push(id);
      await prisma.user.create({
        data: {
          id,
          ...(user.subject === undefined ? {} : { subject: user.subject }),
          username: user.username,
          usernameKey: user.username,
          email: `${id}@example.test`,
          emailKey: `${id}@example.test`,
          disabledAt: user.disabled ? longAgo : null,
        },
      });
      return user;
    },

    async application(values) {
      const client = buildClient(values);
      const { id, clientId, expiresAt, defaultApi } = client;
      seeded.applicationIds.push(id);
      await prisma.application.create({
        data: {
          ...toSettingColumns(client),
          id,
          clientId,
          disabledAt: client.disabled ? longAgo : null,
          accessRestricted: client.accessRestricted,
          expiresAt,
          ...(defaultApi === null ? {} : { defaultApi: { connect: { identifier: defaultApi } } }),
          registrationSource: client.registeredDynamically ? "dynamic" : "manual",
          secrets: {
            create: client.secrets.map((secret) => ({ label: "seeded", lastFour: "last", ...secret })),
          },
        },
      });
      return client;
    },

    async scope(scope) {
      seeded.scopeNames.push(scope.name);
      await prisma.scope.create({ data: scope });
    },

    async api(values) {
      const api = buildApi(values);
      const { resourceServerIds, ...columns } = api;
      seeded.apiIds.push(api.id);
      await prisma.api.create({
        data: {
          ...columns,
          scopes: [...api.scopes],
          name: "seeded",
          resourceServers: { create: resourceServerIds.map((applicationId) => ({ applicationId })) },
        },
      });
      return api;
    },

    async groups(userId, names) {
      seeded.groupNames.push(...names);
      await prisma.group.createMany({ data: names.map((name) => ({ name, nameKey: name })), skipDuplicates: true });
      const groups = await prisma.group.findMany({ where: { name: { in: [...names] } } });
      await prisma.groupMember.deleteMany({ where: { userId } });
      await prisma.groupMember.createMany({ data: groups.map(({ id: groupId }) => ({ userId, groupId })) });
    },

    async temporaryRedirectUri(uri, values) {
      const columns = { uriHash: digest(uri), sealedRequest: "sealed", createdAt: longAgo };
      await prisma.testSignIn.create({ data: { ...columns, ...values } });
    },

    async chosenGroups(applicationId, names) {
      const groups = await prisma.group.findMany({ where: { name: { in: [...names] } } });
      await prisma.applicationGroup.deleteMany({ where: { applicationId } });
      await prisma.applicationGroup.createMany({ data: groups.map(({ id: groupId }) => ({ applicationId, groupId })) });
    },
  };
}

async function setUp(): Promise<StoreHarness> {
  const [prisma, otherPrisma] = [createPrismaClient(readDatabaseUrl()), createPrismaClient(readDatabaseUrl())];
  const seeded: Seeded = {
    userIds: [],
    applicationIds: [],
    scopeNames: [],
    apiIds: [],
    groupNames: [],
    auditReferences: [],
  };
  return {
    stores: createPrismaStores(prisma, currentSettings()),
    elsewhere: createPrismaStores(otherPrisma, currentSettings()),
    seed: createSeed(prisma, seeded),

    async readAuditEvents(reference) {
      seeded.auditReferences.push(reference);
      const rows = await otherPrisma.auditEvent.findMany({ where: { reference } });
      return rows.map(({ type, at, userId, applicationId, details }) => ({
        type,
        at,
        userId,
        applicationId,
        reference,
        details: details as Record<string, unknown>,
      }));
    },

    async readRevocationReason(familyId) {
      const family = await otherPrisma.tokenFamily.findUniqueOrThrow({ where: { id: familyId } });
      return family.revokedReason;
    },

    async cleanUp() {
      // Everything else that was stored refers to one of these and is deleted with it.
      await prisma.application.deleteMany({ where: { id: { in: seeded.applicationIds } } });
      await prisma.user.deleteMany({ where: { id: { in: seeded.userIds } } });
      await prisma.scope.deleteMany({ where: { name: { in: seeded.scopeNames } } });
      await prisma.group.deleteMany({ where: { name: { in: seeded.groupNames } } });
      await prisma.api.deleteMany({ where: { id: { in: seeded.apiIds } } });
      await prisma.auditEvent.deleteMany({ where: { reference: { in: seeded.auditReferences } } });
      await Promise.all([prisma.$disconnect(), otherPrisma.$disconnect()]);
    },
  };
}

describeStoreContract("PostgreSQL", setUp);
