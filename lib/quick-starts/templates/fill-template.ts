import type { QuickStartFacts } from "../facts";
import { type TemplateId, templates } from "./templates";

/** The redirect URIs of a template for the address at which the application runs. */
export function fillRedirectUris(id: TemplateId, url: string): string[] {
  return templates[id].redirectUris.map((pattern) => pattern.replace("{url}", url.replace(/\/+$/, "")));
}

/** What to enter in the application: names and values of a file or a form. */
export function fillTemplate(id: TemplateId, facts: QuickStartFacts): string {
  const values: Record<string, string> = {
    url: findUrl(id, facts.application.redirectUris) ?? templates[id].example,
    clientId: facts.clientId,
    clientSecret: "CLIENT_SECRET",
    redirectUri: facts.redirectUri,
    issuer: facts.issuer,
    discovery: `${facts.issuer}/.well-known/openid-configuration`,
    authorization: facts.endpoint("authorization"),
    token: facts.endpoint("token"),
    userinfo: facts.endpoint("userinfo"),
  };
  // Other braces belong to the format.
  return templates[id].enter.code.replaceAll(/\{(\w+)\}/g, (text, name: string) => values[name] ?? text);
}

/** The templates that an application was probably registered from: those with its redirect URIs. */
export function matchTemplates(ids: readonly TemplateId[], redirectUris: readonly string[]): TemplateId[] {
  return ids.filter((id) => findUrl(id, redirectUris) !== null);
}

/** Where the application runs, if its redirect URIs are those of the template; null if they aren't. */
function findUrl(id: TemplateId, redirectUris: readonly string[]): string | null {
  const [pattern = ""] = templates[id].redirectUris;
  if (pattern === "{url}" || !pattern.startsWith("{url}")) return null;
  const path = pattern.slice("{url}".length);
  const found = redirectUris.find((uri) => uri.endsWith(path) && URL.canParse(uri.slice(0, -path.length)));
  return found ? found.slice(0, -path.length) : null;
}
