import "server-only";
import { Prisma } from "./generated/client";

/** NULL for a JSON column: Prisma would take `null` as the JSON value. */
export const jsonNull = Prisma.DbNull;
