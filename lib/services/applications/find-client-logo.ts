import "server-only";
import { getLogos, type Logo } from "@/lib/outbound/client-logos";
import type { ServiceContext } from "../context";
import { findClientDescription } from "./find-client-description";

/** The picture at an application's `logo_uri`; null if there is none, or none to be had. */
export async function findClientLogo(
  { settings }: Pick<ServiceContext, "settings">,
  clientId: string,
): Promise<Logo | null> {
  const description = await findClientDescription(clientId);
  return description?.logo_uri ? getLogos().find(description.logo_uri, settings.outboundPrivateNetworks) : null;
}
