import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext } from "../context";
import { NotFoundError } from "../errors";
import { type Described, instant, type Returned, type Sent, type Wire } from "../wire";
import { mostResourceServers } from "./api-schema";
import { apiReference, whereApi } from "./find-api";

const resourceServer = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  clientId: z.string(),
  disabled: z.boolean(),
});

export type ResourceServer = Described<typeof resourceServer>;

export const apiDetails = z.strictObject({
  id: z.uuid(),
  identifier: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  tokenFormat: z.enum(["opaque", "jwt"]),
  /** Seconds; null: the server's default. */
  accessTokenLifetime: z.int().nullable(),
  createdAt: instant,
  updatedAt: instant,
  resourceServers: z.array(resourceServer),
});

export type ApiDetails = Described<typeof apiDetails>;

export const apiColumns = {
  id: true,
  identifier: true,
  name: true,
  scopes: true,
  tokenFormat: true,
  accessTokenLifetime: true,
  createdAt: true,
} as const;

export const getApiWire = { input: apiReference, output: apiDetails } satisfies Wire;

/** `permission`: whether to read it, or to change it. */
export async function getApi(
  context: ServiceContext,
  { id }: Sent<typeof getApiWire>,
  permission: "apis:read" | "apis:write" = "apis:read",
): Promise<Returned<typeof getApiWire>> {
  requirePermission(context, permission);
  const row = await getPrisma().api.findUnique({
    where: whereApi(id),
    select: {
      ...apiColumns,
      updatedAt: true,
      resourceServers: {
        select: { application: { select: { id: true, name: true, clientId: true, disabledAt: true } } },
        orderBy: { application: { name: "asc" } },
        take: mostResourceServers,
      },
    },
  });
  if (!row) throw new NotFoundError("api");
  return {
    ...row,
    resourceServers: row.resourceServers.map(({ application: { disabledAt, ...application } }) => ({
      ...application,
      disabled: disabledAt !== null,
    })),
  };
}
