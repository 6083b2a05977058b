import { z } from "zod";
import { readDatabaseUrl } from "@/lib/database-url";
import { parseNetwork } from "@/lib/network/networks";
import { findRedirectUriProblem, findUndottedScheme } from "@/lib/oauth/client/redirect-uri";
import { findHostProblem } from "@/lib/oauth/wire/address-host";
import { isUrl } from "@/lib/oauth/wire/is-url";
import { isLoopbackHost } from "@/lib/oauth/wire/loopback";

/** The environment is invalid; the message names each variable concerned and the fix. */
export class EnvironmentError extends Error {
  override name = "EnvironmentError";
}

const minute = 60;
const year = 365 * 24 * 60 * minute;
const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

function wholeNumber(minimum: number, maximum: number, fallback: number, unit = "") {
  const error = `must be a whole number from ${minimum} to ${maximum}${unit}. Example: ${fallback}`;
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

const databaseUrl = z.string().superRefine((value, context) => {
  for (const message of readDatabaseUrl(value).problems ?? []) context.addIssue({ code: "custom", message });
});

const variables = z.object({
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
      "must be an https:, mailto: or tel: address. Example: mailto:security@example.com",
    )
    .optional(),
  DYNAMIC_REGISTRATION: z.enum(["off", "token", "open"], { error: "must be off, token or open" }).prefault("off"),
  REGISTRATIONS_PER_HOUR: wholeNumber(1, 1_000_000, 20),
  APPLICATION_REGISTRATION: z
    .enum(["everyone", "owners"], { error: "must be everyone or owners" })
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
  PASSWORD_HASH_COST: wholeNumber(10, 15, 12),
  PASSWORD_HASH_THREADS: wholeNumber(1, 64, 2),
});

/** Names of all variables that Latchkey reads. */
export const variableNames = Object.keys(variables.shape) as (keyof typeof variables.shape)[];

type Variables = z.output<typeof variables>;

/** The values in the environment. The launcher adds a database and a secret if there are none. */
export type Configuration = Omit<Variables, "PUBLIC_URL"> & { PUBLIC_URL: string };

/** The complete configuration of a running server. Lifetimes are in seconds. */
export type Environment = Configuration & { DATABASE_URL: string; AUTH_SECRET: string };

/**
 * Validates the variables of `source`. Unset and empty are the same.
 * @throws EnvironmentError with all problems
 */
export function parseEnvironment(source: Record<string, string | undefined>): Configuration {
  const given = Object.fromEntries(variableNames.map((name) => [name, source[name]?.trim() || undefined]));
  const problems: string[] = [];
  const values: Partial<Variables> = {};
  // One at a time, so that one problem hides no other.
  for (const name of variableNames) {
    const parsed = variables.shape[name].safeParse(given[name]);
    if (parsed.success) Object.assign(values, { [name]: parsed.data });
    else problems.push(...parsed.error.issues.map(({ message }) => `${name} ${message}`));
  }
  problems.push(...findContradictions(given, values));
  if (problems.length > 0) throw toEnvironmentError(problems);
  const configuration = values as Variables;
  return { ...configuration, PUBLIC_URL: configuration.PUBLIC_URL ?? `http://127.0.0.1:${configuration.PORT}` };
}

/** Contradictions between variables that are valid on their own. */
function findContradictions(given: Record<string, string | undefined>, values: Partial<Variables>): string[] {
  const found = [];
  const { protocol, hostname } = new URL(values.PUBLIC_URL ?? "http://127.0.0.1");
  // RFC 6749 §3.1 and §3.2: credentials and codes pass through these endpoints.
  if (protocol === "http:" && !isLoopback(hostname) && values.ALLOW_INSECURE_HTTP === false) {
    found.push(
      "PUBLIC_URL must start with https://, unless it is this machine itself. To try without: ALLOW_INSECURE_HTTP=1",
    );
  }
  if (values.NODE_ENV === "production" && given.DATABASE_URL && !given.AUTH_SECRET) {
    found.push(
      "AUTH_SECRET must be set together with DATABASE_URL, to the same value on every server of that database. Create one with: openssl rand -base64 33",
    );
  }
  for (const name of ["REFRESH_TOKEN", "SESSION"] as const) {
    const [idle, whole] = [values[`${name}_IDLE_LIFETIME`], values[`${name}_LIFETIME`]];
    if (idle !== undefined && whole !== undefined && idle > whole) {
      found.push(`${name}_IDLE_LIFETIME must not be longer than ${name}_LIFETIME (${whole})`);
    }
  }
  return found;
}

/** Broader than for addresses of applications: all of 127.0.0.0/8 is this machine (RFC 1122 §3.2.1.3). */
function isLoopback(hostname: string) {
  return isLoopbackHost(hostname) || /^127(\.\d+){3}$/.test(hostname);
}

function toEnvironmentError(lines: string[]) {
  return new EnvironmentError(`The configuration is invalid:\n${lines.map((line) => `  ${line}`).join("\n")}`);
}

let memoised: Environment | undefined;

/** The configuration of this process. The launcher completes it before anything reads it. */
export function env(): Environment {
  memoised ??= complete(parseEnvironment(process.env));
  return memoised;
}

function complete(configuration: Configuration): Environment {
  const { DATABASE_URL, AUTH_SECRET } = configuration;
  if (!DATABASE_URL || !AUTH_SECRET) {
    const missing = Object.entries({ DATABASE_URL, AUTH_SECRET }).flatMap(([name, value]) => (value ? [] : [name]));
    throw toEnvironmentError(
      missing.map((name) => `${name} is not set: \`npm start\` and \`npm run dev\` set it, other ways to start don't`),
    );
  }
  return { ...configuration, DATABASE_URL, AUTH_SECRET };
}
