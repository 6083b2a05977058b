import { problem } from "@/lib/messages/problem";
import type { ClientSettings } from "@/lib/oauth/ports/client-settings";
import { ValidationError } from "../../errors";

/**
 * For what is registered by a program or a command, and completed by nobody afterwards: clients that use the
 * authorization code grant name their redirect URIs (RFC 7591 §2).
 * @throws ValidationError
 */
export function requireRedirectUri({ grantTypes, redirectUris }: Pick<ClientSettings, "grantTypes" | "redirectUris">) {
  if (!grantTypes.includes("authorization_code") || redirectUris.length > 0) return;
  throw new ValidationError({ redirectUris: [problem("consoleFieldProblems.combination.redirectUri")] });
}
