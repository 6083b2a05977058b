import { z } from "zod";
import { readDatabaseUrl } from "@/lib/database-url";
import { isEmailAddress } from "@/lib/email-address";
import { parseNetwork } from "@/lib/network/networks";
import { findRedirectUriProblem, findUndottedScheme } from "@/lib/oauth/client/redirect-uri";
import { findHostProblem } from "@/lib/oauth/wire/address-host";
import { isUrl } from "@/lib/oauth/wire/is-url";
import { wrong } from "./variable-problem";

const minute = 60;
const year = 365 * 24 * 60 * minute;
const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

function wholeNumber(minimum: number, maximum: number, fallback: number, unit: "" | " seconds" = "") {
  const sentence = `must be a whole number from ${minimum} to ${maximum}${unit}. Example: ${fallback}`;
  const code = unit === "" ? "consoleProblems.settings.wholeNumber" : "consoleProblems.settings.seconds";
  const error = wrong(sentence, code, { minimum, maximum });
  return z
    .string()
    .regex(/^\d{1,10}$/, error)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, error)
    .prefault(String(fallback));
}

const seconds = (fallback: number, maximum = 10 * year) => wholeNumber(1, maximum, fallback, " seconds");

const onOrOff = (fallback: "0" | "1") =>
  z
    .enum(["0", "1", "false", "true"], { error: "must be 1 or 0" })
    .prefault(fallback)
    .transform((value) => value === "1" || value === "true");

const networks = z
  .string()
  .prefault("")
  .transform((value, context) => {
    const list = value.split(/[\s,]+/).filter((network) => network !== "");
    if (list.every((network) => parseNetwork(network) !== null)) return list;
    context.addIssue("must be addresses or networks, separated by commas. Example: 10.0.0.0/8,fd00::/8");
    return z.NEVER;
  });

/** RFC 3986 §3.1, without a dot: schemes with one need no permission. */
const schemes = z
  .string()
  .prefault("cursor,raycast,vscode,vscode-insiders,vscodium,warp,windsurf,zed")
  .transform((value, context) => {
    const list = value.split(/[\s,]+/).filter((scheme) => scheme !== "" && scheme !== "none");
    const findProblem = (scheme: string) =>
      findRedirectUriProblem(`${scheme}:/x`, { allowHttp: false, privateSchemes: "any" });
    if (list.every((scheme) => findUndottedScheme(`${scheme}:`) === scheme && !findProblem(scheme))) return list;
    context.addIssue("must be schemes of apps in lower case, separated by commas, or none. Example: cursor,vscode");
    return z.NEVER;
  });

const publicUrl = z.string().transform((value, context) => {
  const url = isUrl(value) ? new URL(value) : null;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    context.addIssue("must be the address at which users reach this server. Example: https://id.example.com");
    return z.NEVER;
  }
  if (findHostProblem(url)) {
    context.addIssue("must have a host of letters, digits, hyphens and single dots, or an IP address");
    return z.NEVER;
  }
  // Compared as text: the parser hides an empty query, an empty fragment and dot segments.
  if (
    ![url.origin, `${url.origin}/`].includes(value.toLowerCase().replace(/:(80|443)(?=\/?$)/, dropDefaultPort(url)))
  ) {
    context.addIssue(`must be only an origin: no path, query, fragment, user or password. Example: ${url.origin}`);
    return z.NEVER;
  }
  return url.origin;
});

function dropDefaultPort(url: URL) {
  return (port: string) => (url.port === "" ? "" : port);
}

export const smtpSecurities = ["starttls", "tls", "none"] as const;

const oneLine = z
  .string()
  .regex(/^\P{Cc}{1,500}$/u, wrong("must be one line of at most 500 characters", "consoleProblems.settings.line"));

/** RFC 5322 §3.4: an address, or a name and an address in angle brackets. */
const mailbox = z.string().transform((value, context) => {
  const [, name = "", bracketed] = /^(?:([^<>"\\\p{Cc}]{1,100})\s)?\s*<([^<>\s]+)>$/u.exec(value) ?? [];
  const address = bracketed ?? value;
  if (isEmailAddress(address)) return { name: name.trim(), address };
  context.addIssue(
    wrong(
      "must be an e-mail address, with a name or without. Example: Latchkey <no-reply@example.com>",
      "consoleProblems.settings.sender",
    ),
  );
  return z.NEVER;
});

const databaseUrl = z.string().superRefine((value, context) => {
  for (const message of readDatabaseUrl(value).problems ?? []) context.addIssue({ code: "custom", message });
});

/** The environment variables, each with its rule and its default. Unset is undefined. */
export const variables = z.object({
  NODE_ENV: z
    .enum(["development", "production", "test"], { error: "must be development, production or test" })
    .prefault("development"),
  PORT: wholeNumber(1, 65_535, 8000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, "must be an address or host name to listen on. Example: 0.0.0.0")
    .prefault("127.0.0.1"),
  PUBLIC_URL: publicUrl.optional(),
  ALLOW_INSECURE_HTTP: onOrOff("0"),
  ALLOW_HTTP_REDIRECT_URIS: onOrOff("0"),
  // PostgreSQL stores the path in a file, on one line.
  DATA_DIR: z
    .string()
    .regex(/^\P{Cc}+$/u, "must be a path without control characters. Example: /var/lib/latchkey")
    .prefault(".data"),
  DATABASE_URL: databaseUrl.optional(),
  AUTH_SECRET: z
    .string()
    .min(32, "must have at least 32 characters. Create one with: openssl rand -base64 33")
    .optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(", ")}` }).prefault("info"),
  // RFC 6749 §4.1.2: at most ten minutes are recommended for an authorization code.
  AUTHORIZATION_CODE_LIFETIME: seconds(60, 10 * minute),
  AUTHORIZATION_REQUEST_LIFETIME: seconds(3600),
  ACCESS_TOKEN_LIFETIME: seconds(36_000),
  ID_TOKEN_LIFETIME: seconds(3600),
  REFRESH_TOKEN_IDLE_LIFETIME: seconds(2_592_000),
  REFRESH_TOKEN_LIFETIME: seconds(31_536_000),
  // RFC 9700 §4.14.2: a replay after this period revokes the family.
  REFRESH_TOKEN_GRACE_PERIOD: wholeNumber(0, 60, 10, " seconds"),
  // RFC 9126 §2.2: between 5 and 600 seconds.
  PUSHED_AUTHORIZATION_REQUEST_LIFETIME: wholeNumber(5, 600, 60, " seconds"),
  DEVICE_CODE_LIFETIME: seconds(1800, 60 * minute),
  DEVICE_POLLING_INTERVAL: wholeNumber(1, 60, 5, " seconds"),
  REQUIRE_PUSHED_AUTHORIZATION_REQUESTS: onOrOff("0"),
  REQUIRE_DPOP_NONCE: onOrOff("1"),
  // OpenID Connect Core §9, against draft-ietf-oauth-rfc7523bis §3.
  TOKEN_ENDPOINT_AUDIENCE: onOrOff("0"),
  // RFC 9101 §5.1, §5.2.
  REQUEST_PARAMETER: onOrOff("1"),
  REQUEST_URI_PARAMETER: onOrOff("1"),
  // RFC 9116 §2.5.3. One line only, or it could add fields of its own.
  SECURITY_CONTACT: z
    .string()
    .regex(
      /^(https:\/\/|mailto:|tel:)[\x21-\x7e]{1,500}$/,
      wrong(
        "must be an https:, mailto: or tel: address. Example: mailto:security@example.com",
        "consoleProblems.settings.contact",
      ),
    )
    .optional(),
  DYNAMIC_REGISTRATION: z
    .enum(["off", "token", "open"], { error: wrong("must be off, token or open", "consoleProblems.settings.choice") })
    .prefault("off"),
  REGISTRATIONS_PER_HOUR: wholeNumber(1, 1_000_000, 20),
  APPLICATION_REGISTRATION: z
    .enum(["everyone", "owners"], { error: wrong("must be everyone or owners", "consoleProblems.settings.choice") })
    .prefault("everyone"),
  PRIVATE_URI_SCHEMES: schemes,
  // Zero: never deleted.
  UNUSED_CLIENT_LIFETIME: wholeNumber(0, 10 * year, 2_592_000, " seconds"),
  UNAUTHENTICATED_EVENT_LIFETIME: wholeNumber(3600, 10 * year, 7_776_000, " seconds"),
  TRUSTED_PROXIES: networks,
  OUTBOUND_PRIVATE_NETWORKS: networks,
  MAX_CONNECTIONS: wholeNumber(10, 1_000_000, 10_000),
  MAX_CONNECTIONS_PER_NETWORK: wholeNumber(1, 1_000_000, 1000),
  MAX_REQUESTS: wholeNumber(1, 100_000, 128),
  MAX_REQUESTS_PER_NETWORK: wholeNumber(1, 100_000, 48),
  MACHINE_ENDPOINTS: z.enum(["front", "next"], { error: "must be front or next" }).prefault("front"),
  // Longer than the time for which a new key must be published before it signs.
  SIGNING_KEY_ROTATION_PERIOD: wholeNumber(86_400, 10 * year, 7_776_000, " seconds"),
  SESSION_IDLE_LIFETIME: seconds(1_209_600),
  SESSION_LIFETIME: seconds(2_592_000),
  PASSWORD_CONFIRMATION_AGE: seconds(900, 24 * 60 * minute),
  // Without SMTP_HOST no e-mail is sent, and links are copied instead.
  SMTP_HOST: z
    .string()
    .regex(
      /^[A-Za-z0-9:](?:[A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?$/,
      wrong("must be a host name or an address. Example: smtp.example.com", "consoleProblems.settings.host"),
    )
    .optional(),
  SMTP_PORT: wholeNumber(1, 65_535, 587),
  SMTP_SECURITY: z
    .enum(smtpSecurities, { error: wrong("must be starttls, tls or none", "consoleProblems.settings.choice") })
    .prefault("starttls"),
  SMTP_USER: oneLine.optional(),
  SMTP_PASSWORD: oneLine.optional(),
  MAIL_FROM: mailbox.optional(),
  PASSWORD_HASH_COST: wholeNumber(10, 15, 12),
  PASSWORD_HASH_THREADS: wholeNumber(1, 64, 2),
});

export type VariableName = keyof typeof variables.shape;

/** Values that administrators have saved, as the variables of the same meaning would have them. */
export type StoredValues = Readonly<Partial<Record<VariableName, string>>>;
