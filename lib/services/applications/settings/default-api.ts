import "server-only";
import { findOtherSpelling } from "@/lib/oauth/scope/resource-identifier";
import { isResourceIndicator } from "@/lib/oauth/scope/resource-indicators";
import type { Transaction } from "../../context";
import { ValidationError } from "../../errors";

/**
 * The id of the API with this identifier, which stays at least until the transaction ends. Anyone may name one, as any
 * application may name it in a request.
 */
export async function findDefaultApiId(tx: Transaction, identifier: string | null): Promise<string | null> {
  if (identifier === null) return null;
  const [api] = isResourceIndicator(identifier)
    ? await tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM apis
        WHERE identifier IN (${identifier}, ${findOtherSpelling(identifier) ?? identifier})
        ORDER BY identifier = ${identifier} DESC FOR KEY SHARE`
    : [];
  if (!api) throw new ValidationError({ defaultApi: ["There is no API with this identifier."] });
  return api.id;
}
