import { headers } from "next/headers";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import type { ServiceContext } from "@/lib/services/context";
import { NotFoundError } from "@/lib/services/errors";
import { serviceContext } from "./service-context";

type OpenedLink<T> =
  | { kind: "usable"; link: T }
  /** For whatever reason. */
  | { kind: "unusable" }
  /** The network opens too many. In seconds. */
  | { kind: "refused"; retryAfter: number };

/**
 * Runs the use case behind the page of a one-time link, for which nobody has to be signed in. Not by `notFound()`,
 * which shows nothing without JavaScript.
 */
export async function loadLink<T>(load: (context: ServiceContext) => Promise<T>): Promise<OpenedLink<T>> {
  try {
    return { kind: "usable", link: await load(serviceContext(null, await headers())) };
  } catch (error) {
    if (error instanceof NotFoundError) return { kind: "unusable" };
    if (error instanceof TooManyRequestsError) return { kind: "refused", retryAfter: error.retryAfter };
    throw error;
  }
}
