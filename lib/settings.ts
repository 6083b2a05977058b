import type { Configuration } from "@/lib/env";
import type { ProtocolSettings } from "@/lib/oauth/ports/settings";

/**
 * How this installation behaves: what an operator decides, in plain names. Everything reads it from the context of its
 * room, so that a setting can come from elsewhere than the environment. What a process needs before it can query
 * anything (address, database, secrets) is not a setting. Lifetimes and periods are in seconds.
 */
export interface Settings extends ProtocolSettings {
  /** The origin that browsers and clients use, without a trailing slash. */
  publicUrl: string;
  allowHttpRedirectUris: boolean;
  /** Schemes without a dot that applications may use in their addresses. */
  privateUriSchemes: readonly string[];
  dynamicRegistration: "off" | "token" | "open";
  registrationsPerHour: number;
  /** Who may register applications in the portal: every user, or those whose portal role allows it. */
  applicationRegistration: "everyone" | "owners";
  /** 0: unused clients are kept. */
  unusedClientLifetime: number;
  unauthenticatedEventLifetime: number;
  signingKeyRotationPeriod: number;
  /** Where to report a vulnerability (RFC 9116). */
  securityContact: string | null;
  sessionIdleLifetime: number;
  sessionLifetime: number;
  /** How long ago the password may have been entered when a sensitive step is taken. */
  passwordConfirmationAge: number;
  passwordHashCost: number;
  /** Private networks where applications may be. */
  outboundPrivateNetworks: readonly string[];
  /** Null: no e-mail is sent. */
  mail: MailSettings | null;
}

export interface MailSettings {
  host: string;
  port: number;
  /** `starttls`: refuses to go on without; `tls`: from the first byte; `none`: in clear text. */
  security: "starttls" | "tls" | "none";
  user: string | null;
  password: string | null;
  from: { name: string; address: string };
}

export function toSettings(configuration: Configuration): Settings {
  return {
    publicUrl: configuration.PUBLIC_URL,
    authorizationRequestLifetime: configuration.AUTHORIZATION_REQUEST_LIFETIME,
    authorizationCodeLifetime: configuration.AUTHORIZATION_CODE_LIFETIME,
    pushedAuthorizationRequestLifetime: configuration.PUSHED_AUTHORIZATION_REQUEST_LIFETIME,
    accessTokenLifetime: configuration.ACCESS_TOKEN_LIFETIME,
    idTokenLifetime: configuration.ID_TOKEN_LIFETIME,
    refreshTokenIdleLifetime: configuration.REFRESH_TOKEN_IDLE_LIFETIME,
    refreshTokenLifetime: configuration.REFRESH_TOKEN_LIFETIME,
    refreshTokenGracePeriod: configuration.REFRESH_TOKEN_GRACE_PERIOD,
    deviceCodeLifetime: configuration.DEVICE_CODE_LIFETIME,
    devicePollingInterval: configuration.DEVICE_POLLING_INTERVAL,
    requirePushedAuthorizationRequests: configuration.REQUIRE_PUSHED_AUTHORIZATION_REQUESTS,
    requireDpopNonce: configuration.REQUIRE_DPOP_NONCE,
    tokenEndpointAudience: configuration.TOKEN_ENDPOINT_AUDIENCE,
    requestParameter: configuration.REQUEST_PARAMETER,
    requestUriParameter: configuration.REQUEST_URI_PARAMETER,
    allowHttpRedirectUris: configuration.ALLOW_HTTP_REDIRECT_URIS,
    privateUriSchemes: configuration.PRIVATE_URI_SCHEMES,
    dynamicRegistration: configuration.DYNAMIC_REGISTRATION,
    registrationsPerHour: configuration.REGISTRATIONS_PER_HOUR,
    applicationRegistration: configuration.APPLICATION_REGISTRATION,
    unusedClientLifetime: configuration.UNUSED_CLIENT_LIFETIME,
    unauthenticatedEventLifetime: configuration.UNAUTHENTICATED_EVENT_LIFETIME,
    signingKeyRotationPeriod: configuration.SIGNING_KEY_ROTATION_PERIOD,
    securityContact: configuration.SECURITY_CONTACT ?? null,
    sessionIdleLifetime: configuration.SESSION_IDLE_LIFETIME,
    sessionLifetime: configuration.SESSION_LIFETIME,
    passwordConfirmationAge: configuration.PASSWORD_CONFIRMATION_AGE,
    passwordHashCost: configuration.PASSWORD_HASH_COST,
    outboundPrivateNetworks: configuration.OUTBOUND_PRIVATE_NETWORKS,
    mail: toMailSettings(configuration),
  };
}

function toMailSettings(configuration: Configuration): MailSettings | null {
  const { SMTP_HOST: host, MAIL_FROM: from } = configuration;
  if (host === undefined || from === undefined) return null;
  return {
    host,
    port: configuration.SMTP_PORT,
    security: configuration.SMTP_SECURITY,
    user: configuration.SMTP_USER ?? null,
    password: configuration.SMTP_PASSWORD ?? null,
    from,
  };
}
