/** Any other members: the fields of an application, API or scope. Never a secret, code, token or password. */
type Fields = Readonly<Record<string, unknown>>;
interface Change {
  before: Fields;
  after: Fields;
}
type None = Readonly<Record<string, never>>;

/** What a user was asked to allow, and for which APIs. */
interface Asked {
  scopes: readonly string[];
  resources?: readonly string[];
}
/** The client did it itself (RFC 7591, RFC 7592). */
interface ByClient {
  source?: "dynamic";
}
/** The texts by language. */
interface Translated {
  before: Fields;
  after: Fields;
}
/** Who may use an application: everyone, or the members of the groups. */
interface Access {
  restricted: boolean;
  groups: readonly string[];
}
interface GroupMembers {
  groupId: string;
  name: string;
  userIds: readonly string[];
}
interface Secret {
  secretId: string;
  label: string | null;
}

/** Every type of event, with its details: the catalogue of `docs/audit-events.md`. */
interface AuditDetails {
  "sign_in.succeeded": { sessionId: string };
  "sign_in.failed": None;
  sign_out: { sessionId: string; clientId?: string | undefined };
  "logout.undelivered": { attempts: number; reason: string };
  "user.role_changed": { before: string | null; after: string | null };
  "user.created": { username: string; portalRole: string | null; source?: "import" };
  "users.exported": { count: number; hashes: boolean };
  "apis.exported": { count: number };
  "scopes.exported": { count: number };
  "initial_access_tokens.exported": { count: number };
  "user.updated": { fields: readonly string[] };
  "user.disabled": { reason: string | null };
  "user.enabled": None;
  "user.deleted": { username: string; handedOver: number; newOwnerId: string | null };
  "user.notes_changed": None;
  "user.signed_out": None;
  "user.password_change_required": None;
  "user.attributes_changed": { attributes: readonly string[] };
  "attribute.created": { attributeId: string; name: string };
  "attribute.updated": Change & { attributeId: string };
  "attribute.deleted": { attributeId: string; name: string; values: number };
  "settings.changed": { names: readonly string[] };
  "message.tested": { problem: string | null };
  "application.registered": Fields & ByClient & { clientId: string };
  "application.updated": Change & ByClient & { ended?: object; endedGrants?: number };
  "application.translated": Translated;
  "application.disabled": { by: "owner" | "administrator" };
  "application.enabled": { by: "owner" | "administrator" };
  "applications.exported": { count: number };
  "application.deleted": ByClient & { name: string; clientId: string };
  "application.sign_in_tested": { scopes: readonly string[] };
  "application.expired": { source: "dynamic"; name: string; clientId: string };
  "client_secret.added": Secret & { expiresAt: Date | null };
  "client_secret.rolled": Secret & { expiresAt: Date | null; replacedSecretId: string; replacedEndsAt: Date };
  "client_secret.revoked": Secret;
  "password.changed": { endedSessions: number };
  "password.change_refused": None;
  "password.confirmed": { sessionId: string };
  "password.confirmation_refused": None;
  "password.reset_link_created": { delivery: "email" | "copy"; expiresAt: Date };
  "password.reset": { endedSessions: number };
  "invitation.created": {
    invitations: readonly { id: string; email: string }[];
    groups: readonly string[];
    locale: string;
    expiresAt: Date;
    delivery: "email" | "copy";
  };
  "invitation.resent": { invitationId: string; delivery: "email" | "copy" };
  "invitation.revoked": { invitationIds: readonly string[] };
  "invitation.accepted": { invitationId: string; groups: readonly string[] };
  "profile.updated": { fields: readonly string[] };
  "profile.attributes_changed": { attributes: readonly string[] };
  "email.changed": None;
  "email.change_refused": None;
  "session.ended": { sessionId: string };
  "session.others_ended": { sessionIds: readonly string[] };
  "authorization.cancelled": None;
  "authorization.approved": Asked;
  "authorization.denied": Asked;
  "device.approved": Asked;
  "device.denied": Asked;
  "authorization.withdrawn": None;
  "authorization.access_ended": None;
  "authorization.refused": Fields & { error: string; reason: string };
  "authorization_code.replayed": None;
  "refresh_token.replayed": { cause: string };
  "token.revoked": { kind: "access_token" | "refresh_token" };
  "application.access_changed": { before: Access; after: Access };
  "group.created": Fields & { groupId: string };
  "group.updated": Change & { groupId: string };
  "group.deleted": { groupId: string; name: string; members: number; applications: number };
  "group.members_added": GroupMembers;
  "group.members_removed": GroupMembers;
  "user.groups_changed": { added: readonly string[]; removed: readonly string[] };
  "checklist.dismissed": None;
  "scope.created": Fields & { scope: string };
  "scope.updated": Change & { scope: string };
  "scope.translated": Translated & { scope: string };
  "scope.deleted": Fields & { scope: string; applications: number; apis: number };
  "api.created": Fields & { apiId: string; identifier: string };
  "api.updated": Change & { apiId: string; identifier: string };
  "api.translated": Translated & { apiId: string };
  "api.deleted": { apiId: string; identifier: string; name: string };
  "initial_access_token.created": {
    tokenId: string;
    label: string;
    maximumUses: number | null;
    expiresAt: Date | null;
  };
  "initial_access_token.revoked": { tokenId: string; label: string };
  "signing_key.added": { kid: string; algorithm: string; signsFrom: Date; reason: "by_hand" | "schedule" };
  "signing_key.removed": { kid: string; algorithm: string };
}

type AuditEventType = keyof AuditDetails;

type EventOf<Type extends AuditEventType> = {
  type: Type;
  at: Date;
  userId?: string | null;
  applicationId?: string | null;
  /** Also on the error page and in the log. */
  reference?: string | null;
} & (AuditDetails[Type] extends None ? { details?: None } : { details: Readonly<AuditDetails[Type]> });

/** An event to record. Its type determines its details. */
export type AuditEvent = { [Type in AuditEventType]: EventOf<Type> }[AuditEventType];

/** An event as stored and read. */
export interface RecordedEvent {
  type: string;
  at: Date;
  userId?: string | null;
  applicationId?: string | null;
  reference?: string | null;
  details?: Fields;
}
