import { z } from "zod";
import type { ApplicationKind, ClientType } from "../ports/client-choices";
import { formatScope, parseScope } from "../scope/scope";
import { InvalidScopeError } from "../wire/errors";
import {
  applicationTypes,
  findApplicationTypeProblem,
  inferApplicationType,
  toApplicationKind,
  toApplicationType,
} from "./application-type";
import {
  type ClientDescription,
  descriptionSchema,
  readClientDescription,
  readDescriptionVariants,
} from "./client-description";
import { type ClientMembers, memberShape, type RegisteredMembers, readMembers, writeMembers } from "./client-members";
import { InvalidClientMetadataError, InvalidRedirectUriError, toMemberError } from "./client-metadata-errors";
import type { LanguageVariants } from "./language-variants";

/** The metadata that a client sent. Only their shape has been checked: the rules are those of every application. */
export interface ClientMetadata extends ClientMembers {
  /** Null: it sent no name. */
  name: string | null;
  clientType: ClientType;
  /** Null: not sent. */
  kind: ApplicationKind | null;
  grantTypes: string[];
  redirectUris: string[];
  /** Null: it names no scope. */
  scopes: string[] | null;
  tokenEndpointAuthMethod: string;
  description: ClientDescription;
}

/** A client as it is registered. */
export interface RegisteredClient extends RegisteredMembers {
  name: string;
  clientType: ClientType;
  kind: ApplicationKind | null;
  grantTypes: readonly string[];
  redirectUris: readonly string[];
  allowedScopes: readonly string[];
  tokenEndpointAuthMethod: string | null;
  description: ClientDescription;
}

const strings = z.array(z.string("must be a list of strings"), "must be a list of strings");

// Anything not listed here is dropped, `skip_consent` and other policy included (RFC 7591 §2: MUST ignore).
const metadataSchema = z.object(
  {
    redirect_uris: strings.default([]),
    token_endpoint_auth_method: z.string("must be a string").default("client_secret_basic"),
    grant_types: strings.default(["authorization_code"]),
    response_types: strings.optional(),
    application_type: z.enum(applicationTypes, "must be web or native").optional(),
    client_name: z.string("must be a string").optional(),
    scope: z.string("must be a string").optional(),
    ...descriptionSchema.shape,
    ...memberShape,
  },
  "must be a JSON object",
);

/**
 * Reads the body of a registration or an update (RFC 7591 §3.1, RFC 7592 §2.2); a null is an absent member.
 * @throws InvalidRedirectUriError, InvalidClientMetadataError
 */
export function readClientMetadata(body: unknown): ClientMetadata {
  const sent = dropNulls(body);
  refuseEncryption(sent);
  const parsed = metadataSchema.safeParse(sent);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw toMemberError(String(issue?.path[0] ?? "The body"), issue?.message ?? "is invalid");
  }
  const metadata = parsed.data;
  const members = readMembers(metadata);
  if (members.jwks !== undefined && members.jwksUri !== undefined) {
    throw toMemberError("jwks_uri", "and jwks must not both be there");
  }
  refuseOtherResponses(metadata.grant_types, metadata.response_types);
  const clientType = metadata.token_endpoint_auth_method === "none" ? "public" : "confidential";
  const type = metadata.application_type ?? inferApplicationType(clientType, metadata.redirect_uris);
  const problem = type && findApplicationTypeProblem(type, metadata.redirect_uris);
  if (problem) throw new InvalidRedirectUriError(`redirect_uris ${problem}.`);
  const grantTypes = [...new Set(metadata.grant_types)];
  return {
    ...members,
    name: metadata.client_name ?? null,
    clientType,
    kind: toApplicationKind(type, { grantTypes, clientType }),
    grantTypes,
    redirectUris: metadata.redirect_uris,
    scopes: readScopes(metadata.scope),
    tokenEndpointAuthMethod: metadata.token_endpoint_auth_method,
    description: { ...readClientDescription(metadata), ...readVariants(sent) },
  };
}

function readVariants(sent: unknown): LanguageVariants {
  const { variants, faults } = readDescriptionVariants(Object(sent));
  const [fault] = faults;
  if (fault) throw toMemberError(fault.member, fault.problem);
  return variants;
}

/** The client as responses describe it: everything that is registered, as RFC 7591 §3.2.1 demands. */
export function writeClientMetadata(client: RegisteredClient): Record<string, unknown> {
  const applicationType = toApplicationType(client.kind);
  return {
    client_name: client.name,
    redirect_uris: client.redirectUris,
    grant_types: client.grantTypes,
    response_types: client.grantTypes.includes("authorization_code") ? ["code"] : [],
    token_endpoint_auth_method:
      client.tokenEndpointAuthMethod ?? (client.clientType === "public" ? "none" : "client_secret_basic"),
    ...(applicationType === null ? {} : { application_type: applicationType }),
    ...(client.allowedScopes.length > 0 ? { scope: formatScope(client.allowedScopes) } : {}),
    ...writeMembers(client),
    ...client.description,
  };
}

/** OpenID Connect Dynamic Client Registration §2, JARM §3, RFC 9701 §6. */
const encryption =
  /^(?:(?:id_token|userinfo|authorization|introspection)_encrypted_response|request_object_encryption)_(?:alg|enc)$/;

/** A client that expects what it can't get should learn that at registration, not later. */
function refuseEncryption(sent: unknown): void {
  const member = Object.keys(Object(sent)).find((name) => encryption.test(name));
  if (member) throw new InvalidClientMetadataError(`${member} is not supported: nothing is encrypted but by TLS.`);
}

function readScopes(scope: string | undefined): string[] | null {
  if (scope === undefined || scope.trim() === "") return null;
  try {
    return parseScope(scope);
  } catch (error) {
    if (!(error instanceof InvalidScopeError)) throw error;
    throw new InvalidClientMetadataError("scope is malformed.");
  }
}

/** RFC 7591 §2.1: no client registers itself into an inconsistent state. The only response type is `code`. */
function refuseOtherResponses(grantTypes: readonly string[], responseTypes: readonly string[] | undefined): void {
  if (responseTypes === undefined) return;
  const usesCode = grantTypes.includes("authorization_code");
  if (responseTypes.every((type) => type === "code") && usesCode === responseTypes.length > 0) return;
  throw toMemberError(
    "response_types",
    "must be code where grant_types has authorization_code, and empty where it has not",
  );
}

function dropNulls(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}
