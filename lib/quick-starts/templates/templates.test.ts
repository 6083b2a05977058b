import { expect, test } from "vitest";
import { defaultSettings } from "@/lib/oauth/ports/client-settings";
import { gatherFacts } from "../facts";
import { fillRedirectUris, fillTemplate, matchTemplates } from "./fill-template";
import { findTemplate, templateIds, templates } from "./templates";

const known = [
  "url",
  "clientId",
  "clientSecret",
  "redirectUri",
  "issuer",
  "discovery",
  "authorization",
  "token",
  "userinfo",
];

function factsOf(redirectUris: readonly string[]) {
  const application = { ...defaultSettings, clientId: "the-client", clientType: "confidential" as const, redirectUris };
  return gatherFacts(application, { publicUrl: "https://id.example.org", scopes: ["openid"] });
}

test.each(templateIds)("%s can be filled in completely", (id) => {
  const { example } = templates[id];
  const redirectUris = fillRedirectUris(id, example);
  for (const uri of redirectUris) expect(URL.canParse(uri), uri).toBe(true);
  const code = fillTemplate(id, factsOf(redirectUris));
  for (const name of known) expect(code).not.toContain(`{${name}}`);
  expect(code).toContain("the-client");
  expect(code).toContain("https://id.example.org/o");
});

test.each(templateIds)("%s says where each fact comes from", (id) => {
  const { documentation, sources, ran } = templates[id];
  for (const source of [documentation, ...Object.values(sources)]) expect(source).toMatch(/^https:\/\//);
  expect(ran === null || ran.length > 0).toBe(true);
});

test.each(templateIds)("%s requests only what it can use", (id) => {
  const { scopes, settings } = templates[id];
  expect(scopes[0]).toBe("openid");
  expect(scopes.every((name) => ["openid", "profile", "email", "groups"].includes(name))).toBe(true);
  if ("groupsInTokens" in settings) expect(scopes).toContain("groups");
});

test("an application is recognized by its redirect URIs", () => {
  expect(
    matchTemplates(templateIds, {
      clientId: "the-client",
      redirectUris: ["https://monitoring.example.org/grafana/login/generic_oauth"],
    }),
  ).toEqual(["grafana"]);
  expect(
    matchTemplates(templateIds, {
      clientId: "the-client",
      redirectUris: ["https://git.example.org/user/oauth2/latchkey/callback"],
    }),
  ).toEqual(["forgejo", "gitea"]);
  expect(
    matchTemplates(templateIds, { clientId: "the-client", redirectUris: ["https://app.example.org/callback"] }),
  ).toEqual([]);
});

test("it is told where it runs itself, below a path too", () => {
  const facts = factsOf(["https://monitoring.example.org/grafana/login/generic_oauth"]);
  expect(fillTemplate("grafana", facts)).toContain("root_url = https://monitoring.example.org/grafana\n");
});

test("a slash at the end of its address isn't doubled", () => {
  expect(fillRedirectUris("miniflux", "https://rss.example.org/")).toEqual([
    "https://rss.example.org/oauth2/oidc/callback",
  ]);
});

test("braces of the format itself stay", () => {
  expect(fillTemplate("synapse", factsOf([]))).toContain('"{{ user.preferred_username }}"');
});

test.each([
  ["grafana", "grafana"],
  ["toString", null],
  [["grafana"], null],
  [undefined, null],
])("an address with the template %j finds %j", (id, found) => expect(findTemplate(id)).toBe(found));

test.each([
  ["x; rm -rf ~", "https://grafana.example.org/login/generic_oauth"],
  ['"', "https://grafana.example.org/login/generic_oauth"],
  ["id", "https://grafana.example.org/$(id)/login/generic_oauth"],
  ["id", "https://grafana.example.org/'/login/generic_oauth"],
])("values that would need quotes are put into no template: %s, %s", (clientId, redirectUri) => {
  expect(matchTemplates(templateIds, { clientId, redirectUris: [redirectUri] })).toEqual([]);
});
