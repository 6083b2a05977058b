import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext } from "../context";
import { NotFoundError } from "../errors";
import { mostResourceServers } from "./api-schema";
import { whereApi } from "./find-api";

export interface ResourceServer {
  id: string;
  name: string;
  clientId: string;
  disabled: boolean;
}

export interface ApiDetails {
  id: string;
  identifier: string;
  name: string;
  scopes: string[];
  tokenFormat: "opaque" | "jwt";
  /** Seconds; null: the server's own. */
  accessTokenLifetime: number | null;
  createdAt: Date;
  updatedAt: Date;
  resourceServers: ResourceServer[];
}

/** `permission`: whether to look at it, or to change it. */
export async function getApi(
  context: ServiceContext,
  id: string,
  permission: "apis:read" | "apis:write" = "apis:read",
): Promise<ApiDetails> {
  requirePermission(context, permission);
  const row = await getPrisma().api.findUnique({
    where: whereApi(id),
    include: {
      resourceServers: {
        select: { application: { select: { id: true, name: true, clientId: true, disabledAt: true } } },
        orderBy: { application: { name: "asc" } },
        take: mostResourceServers,
      },
    },
  });
  if (!row) throw new NotFoundError("The API");
  return {
    ...row,
    resourceServers: row.resourceServers.map(({ application: { disabledAt, ...application } }) => ({
      ...application,
      disabled: disabledAt !== null,
    })),
  };
}
