import "server-only";
import type { ClaimsRequest } from "@/lib/oauth/wire/claims-request";
import type { Prisma } from "../client";
import { jsonNull } from "../json-null";

/** The `claims` parameter as a column: it is checked before it is written, and not again when it is read. */
export const claimsColumn = {
  write: (claims: ClaimsRequest | null) => (claims as Prisma.InputJsonObject | null) ?? jsonNull,
  read: (value: Prisma.JsonValue) => value as unknown as ClaimsRequest | null,
};
