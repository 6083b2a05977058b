import { ValidationError } from "./errors";

/**
 * For the `catch` of an insert: if two requests take the same name at the same moment, the unique index lets one have
 * it (Prisma's P2002), and the other gets an error at `field`.
 */
export function mapUniqueViolation(field: string, message: string): (error: unknown) => never {
  return (error) => {
    const isTaken = error instanceof Error && "code" in error && error.code === "P2002";
    throw isTaken ? new ValidationError({ [field]: [message] }) : error;
  };
}
