import { expect, test } from "vitest";
import { newTemplateValues } from "./template-values";

const credentials = { client_id: "id", client_secret: "secret" };

test("a template decides kind, name, redirect URIs, scopes and settings", () => {
  expect(newTemplateValues("outline", "https://wiki.example.org", credentials)).toMatchObject({
    kind: "web",
    name: "Outline",
    redirect_uris: "https://wiki.example.org/auth/oidc.callback",
    allowed_scopes: ["openid", "profile", "email"],
    token_endpoint_auth_method: "client_secret_post",
    claims_in_id_token: false,
  });
  expect(newTemplateValues("argo-cd", "", credentials)).toMatchObject({ groups_in_tokens: true, redirect_uris: "" });
});

test.each([
  ["grafana.example.org", "https://grafana.example.org/login/generic_oauth"],
  ["grafana.example.org:3000/", "https://grafana.example.org:3000/login/generic_oauth"],
  [" http://127.0.0.1:3000 ", "http://127.0.0.1:3000/login/generic_oauth"],
])("an address typed as %j becomes %s", (typed, redirectUri) => {
  expect(newTemplateValues("grafana", typed, credentials).redirect_uris).toBe(redirectUri);
});

test("what comes back to the same address everywhere needs none", () => {
  expect(newTemplateValues("kubernetes", "", credentials).redirect_uris).toBe(
    "http://localhost:8000\nhttp://localhost:18000",
  );
});
