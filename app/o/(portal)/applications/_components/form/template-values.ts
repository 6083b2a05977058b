import { settingNames } from "@/lib/oauth/ports/client-settings";
import { fillRedirectUris } from "@/lib/quick-starts/templates/fill-template";
import { type TemplateId, templates } from "@/lib/quick-starts/templates/templates";
import { type ApplicationValues, toFieldName, toFieldValue } from "./application-fields";
import { newApplicationValues } from "./application-values";

/** The values of a new application that a template describes. `url` is where it runs, as it was typed; may be empty. */
export function newTemplateValues(
  id: TemplateId,
  url: string,
  credentials: Parameters<typeof newApplicationValues>[1],
): ApplicationValues {
  const { name, kind, redirectUris, scopes, settings } = templates[id];
  const isAtAnyAddress = !redirectUris.some((uri) => uri.includes("{url}"));
  const decided = settingNames
    .filter((setting) => settings[setting] !== undefined)
    .map((setting) => [toFieldName(setting), toFieldValue(toFieldName(setting), settings[setting])]);
  return {
    ...newApplicationValues(kind, credentials),
    name,
    redirect_uris: isAtAnyAddress || url !== "" ? fillRedirectUris(id, withScheme(url)).join("\n") : "",
    allowed_scopes: [...scopes],
    ...Object.fromEntries(decided),
  };
}

/** People type hosts. */
function withScheme(url: string): string {
  const address = url.trim();
  return /^[a-z][a-z\d+.-]*:/i.test(address) && !/^[\w.-]+:\d/.test(address) ? address : `https://${address}`;
}
