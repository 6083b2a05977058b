import type { ApiInput } from "@/lib/services/apis/api-schema";

/** The form's fields by their names in the HTML. */
export interface ApiValues {
  identifier: string;
  name: string;
  scopes: string[];
  token_format: string;
  /** Seconds; empty: the server's default. */
  access_token_lifetime: string;
  /** Client IDs, one per line; spaces and commas separate them too. */
  resource_servers: string;
}

/** Reads the form; `texts` returns what was sent under a name. */
export function readApiValues(texts: (name: string) => string[]): ApiValues {
  const text = (name: string) => texts(name)[0] ?? "";
  return {
    identifier: text("identifier"),
    name: text("name"),
    scopes: texts("scopes"),
    token_format: text("token_format"),
    access_token_lifetime: text("access_token_lifetime"),
    resource_servers: text("resource_servers"),
  };
}

/** Input for the use cases. They validate it, so a value that isn't a choice of the form is rejected there. */
export function toApiInput(values: ApiValues): ApiInput & { identifier: string } {
  return {
    identifier: values.identifier,
    name: values.name,
    scopes: values.scopes,
    tokenFormat: values.token_format as ApiInput["tokenFormat"],
    accessTokenLifetime: readSeconds(values.access_token_lifetime.trim()),
    // One per line: a client ID may contain commas.
    resourceServers: values.resource_servers.split(/\s+/).filter(Boolean),
  };
}

function readSeconds(text: string): number | null {
  if (text === "") return null;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
