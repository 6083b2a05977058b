import { loadPage } from "@/lib/http/load-page";
import type { SearchParams } from "@/lib/http/search-params";
import { findTemplate, type TemplateId } from "@/lib/quick-starts/templates/templates";
import { requireRegistration } from "@/lib/services/applications/register-application";
import { findIdTokenReader, type IdTokenReader } from "@/lib/services/applications/settings/id-token-readers";
import { can, type ServiceContext } from "@/lib/services/context";
import { findKind } from "../../_components/application-kinds";
import type { ApplicationValues } from "../../_components/form/application-fields";
import { newApplicationValues, newReaderValues } from "../../_components/form/application-values";
import { newTemplateValues } from "../../_components/form/template-values";

export const registerPath = "/o/applications/register/";

export interface Registration {
  context: ServiceContext;
  /** What the address prefills, as its query; empty if that is nothing. */
  query: string;
  initial: ApplicationValues;
  reader: IdTokenReader | null;
  template: TemplateId | null;
  grantsPrivileges: boolean;
}

type Credentials = Pick<ApplicationValues, "client_id" | "client_secret">;

/**
 * A form for a new application at `path`, prefilled by a link: `?kind=machine`, `?client=grafana` or
 * `?template=grafana&url=https://grafana.example.com`.
 */
export async function loadRegistration(
  path: string,
  searchParams: SearchParams,
  credentials: Credentials,
): Promise<Registration> {
  const { kind: kindName, client, template: templateName, url } = await searchParams;
  const kind = findKind(kindName);
  const reader = findIdTokenReader(client);
  const template = findTemplate(templateName);
  const query = new URLSearchParams({
    ...(kind && { kind }),
    ...(reader && { client: String(client) }),
    ...(template && { template }),
    ...(template && url && { url: String(url) }),
  }).toString();
  const context = await loadPage(`${path}${query && `?${query}`}`, async (context) => {
    requireRegistration(context);
    return context;
  });
  const grantsPrivileges = can(context.actor, "applications:grant_privileges");
  const initial = {
    ...(reader ? newReaderValues(reader, credentials) : newApplicationValues(kind ?? "web", credentials)),
    ...(template && newTemplateValues(template, typeof url === "string" ? url : "", credentials)),
    // An administrator who registers an application approves it, unless they choose otherwise.
    redirects_before_sign_in: grantsPrivileges,
  };
  return { context, query, initial, reader, template, grantsPrivileges };
}
