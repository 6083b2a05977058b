import "server-only";
import { findFetchUrlProblem } from "@/lib/outbound/fetch-url";
import { ValidationError } from "../errors";

/** Refuses an address of keys that this server would never fetch. The form in the browser knows its shape only. */
export function checkJwksUri({ jwksUri }: { jwksUri: string | null }): void {
  const problem = jwksUri === null ? null : findFetchUrlProblem(jwksUri);
  if (problem) throw new ValidationError({ jwksUri: [problem] });
}
