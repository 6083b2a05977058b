import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { getCurrentSession } from "@/lib/auth/current-session";
import type { ServiceContext } from "@/lib/services/context";
import {
  ForbiddenError,
  NotFoundError,
  PasswordConfirmationError,
  UnauthenticatedError,
  ValidationError,
} from "@/lib/services/errors";
import { confirmPasswordPath, signInPath } from "./paths";
import { serviceContext } from "./service-context";

/**
 * Runs the use case behind the page at `path` for the signed-in user. Without one, the user signs in and comes back;
 * what they may not see is not found. Each page calls this itself, because a layout isn't rendered for every request.
 */
export async function loadPage<T>(path: string, load: (context: ServiceContext) => Promise<T>): Promise<T> {
  const context = serviceContext(await getCurrentSession(), await headers());
  try {
    return await load(context);
  } catch (error) {
    if (error instanceof UnauthenticatedError) redirect(signInPath(path));
    if (error instanceof PasswordConfirmationError) redirect(confirmPasswordPath(path));
    if (error instanceof NotFoundError || error instanceof ForbiddenError) notFound();
    // Nothing is at an address with a query that can't be read.
    if (error instanceof ValidationError) notFound();
    throw error;
  }
}
