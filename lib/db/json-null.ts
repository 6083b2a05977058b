import "server-only";
import { Prisma } from "./generated/client";

/** NULL for a column of JSON, where Prisma would take `null` for the JSON value of that name. */
export const jsonNull = Prisma.DbNull;
