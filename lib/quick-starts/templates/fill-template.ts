import type { QuickStartFacts, QuickStartSubject } from "../facts";
import { type TemplateId, templates } from "./templates";

/** The redirect URIs of a template for the address at which the application runs. */
export function fillRedirectUris(id: TemplateId, url: string): string[] {
  return templates[id].redirectUris.map((pattern) => pattern.replace("{url}", url.replace(/\/+$/, "")));
}

/** What to enter in the application: names and values of a file or a form. */
export function fillTemplate(id: TemplateId, facts: QuickStartFacts): string {
  const url = findUrl(id, facts.application.redirectUris) ?? templates[id].example;
  const values: Record<string, string> = {
    url,
    clientId: facts.clientId,
    clientSecret: "CLIENT_SECRET",
    redirectUri: fillRedirectUris(id, url)[0] ?? "",
    issuer: facts.issuer,
    discovery: `${facts.issuer}/.well-known/openid-configuration`,
    authorization: facts.endpoint("authorization"),
    token: facts.endpoint("token"),
    userinfo: facts.endpoint("userinfo"),
  };
  // Other braces belong to the format.
  return templates[id].enter.code.replaceAll(/\{(\w+)\}/g, (text, name: string) => values[name] ?? text);
}

/**
 * The templates that an application was probably registered from: those with its redirect URIs. None if a value would
 * need quotes: each template is written in a format of its own, some for a shell, and owners choose client IDs.
 */
export function matchTemplates(
  ids: readonly TemplateId[],
  { clientId, redirectUris }: Pick<QuickStartSubject, "clientId" | "redirectUris">,
): TemplateId[] {
  if (!/^[\w.~-]+$/.test(clientId)) return [];
  return ids.filter((id) => findUrl(id, redirectUris) !== null);
}

/** An address that is the same in quotes and without, in any format. */
const plainUrl = /^https?:\/\/[\w.:[\]-]+(?:\/[\w./~%-]*)?$/;

/** Where the application runs, if its redirect URIs are those of the template; null if they aren't. */
function findUrl(id: TemplateId, redirectUris: readonly string[]): string | null {
  const [pattern = ""] = templates[id].redirectUris;
  if (pattern === "{url}" || !pattern.startsWith("{url}")) return null;
  const path = pattern.slice("{url}".length);
  const found = redirectUris.find((uri) => uri.endsWith(path) && plainUrl.test(uri.slice(0, -path.length)));
  return found ? found.slice(0, -path.length) : null;
}
