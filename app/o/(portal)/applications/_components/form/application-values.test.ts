import { expect, test } from "vitest";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";
import { applicationSchema } from "@/lib/services/applications/settings/application-schema";
import { type ApplicationValues, fieldNames, toPropertyName } from "./application-fields";
import { toApplicationInput } from "./application-input";
import {
  findUncommonFields,
  newApplicationValues,
  readApplicationValues,
  toApplicationValues,
  toFormErrors,
} from "./application-values";

const credentials = { client_id: "id", client_secret: "secret" };
const schema = applicationSchema({ allowHttp: false });

/** An application that uses every field, as stored. */
const everything = {
  kind: "web",
  name: "Everything",
  clientId: "id",
  clientType: "confidential",
  grantTypes: ["authorization_code", "refresh_token"],
  redirectUris: ["https://app.example.com/callback", "https://other.example.com/callback"],
  allowedScopes: ["openid"],
  skipConsent: true,
  redirectsBeforeSignIn: true,
  securityProfile: null,
  tokenEndpointAuthMethod: "private_key_jwt",
  tokenEndpointAuthSigningAlg: "ES256",
  jwks: null,
  jwksUri: "https://app.example.com/jwks.json",
  allowedOrigins: ["https://app.example.com"],
  requirePkce: true,
  requirePushedAuthorizationRequests: true,
  dpopBoundAccessTokens: true,
  defaultApi: "https://api.example.com/",
  requireSignedRequestObject: true,
  requestObjectSigningAlg: "PS256",
  requestUris: ["https://app.example.com/request.jwt#1"],
  idTokenSignedResponseAlg: "ES256",
  userinfoSignedResponseAlg: "EdDSA",
  authorizationSignedResponseAlg: "PS256",
  introspectionSignedResponseAlg: "ES256",
  defaultMaxAge: 600,
  requireAuthTime: true,
  claimsInIdToken: true,
  groupsInTokens: true,
  defaultAcrValues: ["1"],
  subjectType: "pairwise",
  sectorIdentifierUri: "https://app.example.com/sector.json",
  initiateLoginUri: "https://app.example.com/login",
  launchUrl: "https://app.example.com/start",
  postLogoutRedirectUris: ["https://app.example.com/bye"],
  backchannelLogoutUri: "https://app.example.com/backchannel",
  backchannelLogoutSessionRequired: true,
  frontchannelLogoutUri: "https://app.example.com/frontchannel",
  frontchannelLogoutSessionRequired: true,
} satisfies Partial<ApplicationDetails>;

/** What a browser would send for a form that shows `values`. */
function send(values: ApplicationValues): ApplicationValues {
  return readApplicationValues((name) => {
    const value = values[name];
    if (typeof value === "boolean") return value ? ["on"] : [];
    return Array.isArray(value) ? value : [value];
  });
}

test("everything stored about an application passes through the form unchanged", () => {
  const { clientId: _clientId, ...stored } = everything;
  const shown = toApplicationValues(everything as unknown as ApplicationDetails);
  expect(schema.parse(toApplicationInput(send(shown)))).toEqual(stored);
});

test("the form has every field of the schema: saving would reset an omitted one", () => {
  const inForm = fieldNames.map(toPropertyName);
  const inSchema = Object.keys(schema.parse(toApplicationInput(toApplicationValues(everything as never))));
  expect(inSchema.filter((property) => !inForm.includes(property))).toEqual([]);
});

test("a new application of each kind needs only a name and, if users return to it, an address", () => {
  for (const kind of ["web", "single_page", "native", "machine", "device"] as const) {
    const values = {
      ...newApplicationValues(kind, credentials),
      name: "New",
      redirect_uris: "https://app.example.com/callback",
    };
    expect(schema.safeParse(toApplicationInput(values)).error?.issues, kind).toBeUndefined();
    expect(findUncommonFields(values), kind).toEqual([]);
  }
});

test("values that differ from a new application are uncommon, and grant types if they match no type", () => {
  const values = newApplicationValues("web", credentials);
  expect(findUncommonFields({ ...values, name: "A", redirect_uris: "https://a.example/" })).toEqual([]);
  expect(findUncommonFields({ ...values, require_pkce: true, default_max_age: "60" })).toEqual([
    "require_pkce",
    "default_max_age",
  ]);
  const authorization_grant_type = ["authorization_code"];
  expect(findUncommonFields({ ...values, authorization_grant_type })).toEqual(["authorization_grant_type"]);
  expect(findUncommonFields({ ...values, kind: "", settings_of_kind: "", client_type: "public" })).toEqual([]);
});

test("origins that follow a single-page app's addresses are not shown as if they had been typed", () => {
  const application = {
    ...everything,
    kind: "single_page",
    clientType: "public",
    redirectUris: ["https://app.example.com/a", "https://app.example.com/b"],
  } as unknown as ApplicationDetails;
  expect(toApplicationValues(application).allowed_origins).toBe("");
  const allowedOrigins = ["https://elsewhere.example.com"];
  expect(toApplicationValues({ ...application, allowedOrigins }).allowed_origins).toBe("https://elsewhere.example.com");
});

test("errors come in the order of the form, under its names", () => {
  expect(toFormErrors({ grantTypes: ["c"], redirectUris: ["a", "b"], elsewhere: ["d"], clientId: ["e"] })).toEqual([
    ["redirect_uris", ["a", "b"]],
    ["client_id", ["e"]],
    ["authorization_grant_type", ["c"]],
  ]);
});
