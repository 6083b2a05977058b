import { z } from "zod";
import { toFieldName } from "./client-metadata-errors";

const text = z.string("must be a string").min(1, "must not be empty").optional();
const texts = z.array(z.string("must be a list of strings"), "must be a list of strings").optional();
const flag = z.boolean("must be true or false").optional();

/**
 * The members that every application has as well, under the same names in another spelling. Of their values only the
 * type is looked at here: the rules, and the defaults, are those of every application.
 */
export const memberSchema = z.object({
  jwks: z.unknown().optional(),
  jwks_uri: text,
  // RFC 9126 §6, RFC 9449 §5.2.
  require_pushed_authorization_requests: flag,
  dpop_bound_access_tokens: flag,
  // OpenID Connect Dynamic Client Registration §2.
  subject_type: text,
  sector_identifier_uri: text,
  id_token_signed_response_alg: text,
  userinfo_signed_response_alg: text,
  request_object_signing_alg: text,
  token_endpoint_auth_signing_alg: text,
  request_uris: texts,
  default_max_age: z.number("must be a number").optional(),
  require_auth_time: flag,
  default_acr_values: texts,
  initiate_login_uri: text,
  // JARM §3, RFC 9701 §6, RFC 9101 §10.5.
  authorization_signed_response_alg: text,
  introspection_signed_response_alg: text,
  require_signed_request_object: flag,
  // RP-Initiated, Back-Channel and Front-Channel Logout, each §2 or §3.1.
  post_logout_redirect_uris: texts,
  backchannel_logout_uri: text,
  backchannel_logout_session_required: flag,
  frontchannel_logout_uri: text,
  frontchannel_logout_session_required: flag,
});

type WireMembers = z.output<typeof memberSchema>;

type FieldName<Member extends string> = Member extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<FieldName<Tail>>}`
  : Member;

/** The members that a client has sent, by our names. */
export type ClientMembers = { [Member in keyof WireMembers as FieldName<Member>]: WireMembers[Member] };

/** The same of a registered client: null if it has none. */
export type RegisteredMembers = {
  [Member in keyof WireMembers as FieldName<Member>]-?: Exclude<WireMembers[Member], undefined> | null;
};

const memberNames = Object.keys(memberSchema.shape) as (keyof WireMembers)[];

export function readMembers(sent: WireMembers): ClientMembers {
  const named = memberNames.filter((name) => sent[name] !== undefined).map((name) => [toFieldName(name), sent[name]]);
  return Object.fromEntries(named) as ClientMembers;
}

/** As the wire has them: what is null or an empty list is not there. */
export function writeMembers(client: RegisteredMembers): Record<string, unknown> {
  const values: Readonly<Record<string, unknown>> = { ...client };
  const members = memberNames.map((name) => [name, values[toFieldName(name)]] as const);
  return Object.fromEntries(
    members.filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}
