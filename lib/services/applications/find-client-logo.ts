import "server-only";
import { getLogos, type Logo } from "@/lib/outbound/client-logos";
import { findClientDescription } from "./find-client-description";

/** The picture at an application's `logo_uri`; null if there is none, or none to be had. */
export async function findClientLogo(clientId: string): Promise<Logo | null> {
  const description = await findClientDescription(clientId);
  return description?.logo_uri ? getLogos().find(description.logo_uri) : null;
}
