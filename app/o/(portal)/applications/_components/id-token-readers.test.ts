import { expect, test } from "vitest";
import { matchesRedirectUri } from "@/lib/oauth/client/redirect-uri";
import { applicationSchema } from "@/lib/services/applications/settings/application-schema";
import {
  findIdTokenReader,
  formatIdTokenReaders,
  type IdTokenReader,
  idTokenReaders,
} from "@/lib/services/applications/settings/id-token-readers";
import { toApplicationInput } from "./form/application-input";
import { findUncommonFields, newApplicationValues, newReaderValues } from "./form/application-values";

const credentials = { client_id: "id", client_secret: "secret" };

test("OpenID Connect Core §5.4: claims are in the ID token for clients that read nothing else, not for a kind in general", () => {
  for (const kind of ["web", "single_page", "native", "machine", "device"] as const) {
    expect(toApplicationInput(newApplicationValues(kind, credentials)).claimsInIdToken ?? false).toBe(false);
  }
  for (const name of Object.keys(idTokenReaders)) {
    const reader = findIdTokenReader(name);
    expect(reader, name).not.toBeNull();
    const values = newReaderValues(reader ?? idTokenReaders.grafana, credentials);
    const named = { ...values, name, redirect_uris: values.redirect_uris || "https://app.example.com/callback" };
    const input = applicationSchema({ allowHttp: false }).parse(toApplicationInput(named));
    expect(input).toMatchObject({ claimsInIdToken: true, kind: reader?.kind });
    // The switch isn't under Advanced, which stays closed.
    expect(findUncommonFields(values)).toEqual([]);
  }
});

test("no example address is filled in: a value is one at which the program itself listens", () => {
  for (const [name, reader] of Object.entries<IdTokenReader>(idTokenReaders)) {
    expect(newReaderValues(reader, credentials).redirect_uris, name).toBe(reader.redirectUri ?? "");
    expect(JSON.stringify(newReaderValues(reader, credentials)), name).not.toMatch(/example/);
  }
});

test("Kubernetes returns to localhost, where kubelogin may listen on any port", () => {
  const { kind, redirectUri } = idTokenReaders.kubernetes;
  expect(matchesRedirectUri(redirectUri, "http://localhost:8000", kind)).toBe(true);
  expect(matchesRedirectUri(redirectUri, "http://localhost:18000", kind)).toBe(true);
});

test("a machine has no ID tokens, whatever was ticked", () => {
  const values = { ...newApplicationValues("machine", credentials), claims_in_id_token: true };
  expect(toApplicationInput(values).claimsInIdToken ?? false).toBe(false);
});

test("an unknown name in the link fills in nothing", () => {
  for (const name of ["", "constructor", "__proto__", "Grafana", ["grafana"], undefined]) {
    expect(findIdTokenReader(name)).toBeNull();
  }
  expect(formatIdTokenReaders("en")).toMatch(/^Matrix Synapse, .* and MinIO$/);
});
