import "server-only";
import type { Prisma } from "@/lib/db/client";
import { jsonNull } from "@/lib/db/json-null";
import type { ApplicationFields } from "./application-schema";

/** The fields as they are written to the row, with its redirect URIs in their order; all but the default API. */
export function toApplicationColumns({ redirectUris, jwks, defaultApi: _defaultApi, ...columns }: ApplicationFields) {
  return {
    ...columns,
    jwks: jwks ? ({ ...jwks } as Prisma.InputJsonObject) : jsonNull,
    redirectUris: { create: redirectUris.map((uri, position) => ({ uri, position })) },
  };
}
