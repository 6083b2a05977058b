import { readFileSync } from "node:fs";
import { type DatabaseLimits, findLimitProblems } from "./database-limits";

/**
 * DATABASE_URL as PostgreSQL's own programs write it (PostgreSQL 18, §32.1.1.2). Read here rather than by the driver,
 * which ignores what it doesn't know and refuses a socket folder in the query.
 */

export interface TlsFiles {
  /** PEM texts. */
  ca?: string;
  cert?: string;
  key?: string;
  /** False: any certificate is accepted. */
  rejectUnauthorized?: false;
}

/** Connection settings under the driver's names. */
export interface DatabaseSettings extends DatabaseLimits {
  /** A host name, an address, or the folder of a Unix socket. */
  host: string;
  port?: number;
  user?: string;
  password?: string;
  database?: string;
  /** False: without TLS. Undefined: as the environment variable PGSSLMODE says; if it isn't set, without TLS. */
  ssl?: false | TlsFiles;
  /** Whether to connect to a server without TLS if it offers none. */
  prefersTls: boolean;
  sslnegotiation?: "postgres" | "direct";
  application_name?: string;
  fallback_application_name?: string;
  options?: string;
  connectionTimeoutMillis?: number;
}

export type ReadDatabaseUrl = { settings: DatabaseSettings; problems?: never } | { problems: string[] };

const example = "postgresql://user:password@db.example.com:5432/latchkey";
const notAUrl = `must be the URL of a PostgreSQL database. Example: ${example}`;
const notReadable =
  "can't be read. The port is a number, an IPv6 address stands in brackets, and in user and password special characters are percent-encoded: %40 for @, %2F for /, %3A for :, %3F for ?, %23 for #";
const severalHosts =
  "names several hosts: only one can be given. For a cluster give the address of the proxy in front of it";

const urlParts = /^postgres(?:ql)?:\/\/(?:([^/?#]*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i;

const sslModes = ["disable", "prefer", "require", "verify-ca", "verify-full", "no-verify"];
const textParameters = ["application_name", "fallback_application_name", "options"] as const;
const limitParameters = [
  "statement_timeout",
  "query_timeout",
  "lock_timeout",
  "idle_in_transaction_session_timeout",
] as const;
const fileParameters = { sslrootcert: "ca", sslcert: "cert", sslkey: "key" } as const;
const knownParameters = [
  ...["host", "port", "user", "password", "sslmode", "ssl", ...Object.keys(fileParameters), "sslnegotiation"],
  ...[...textParameters, ...limitParameters, "connect_timeout"],
];

/**
 * Reads a connection URL and the certificates that it names.
 * @returns how to connect, or all problems, each to be printed after the name of the variable. No value except limits
 * is repeated: it may be part of a password that isn't encoded
 */
export function readDatabaseUrl(text: string): ReadDatabaseUrl {
  if (text.includes("#") && /^postgres(ql)?:/i.test(text)) return { problems: [notReadable] };
  const parts = urlParts.exec(text);
  if (!parts) return { problems: [notAUrl] };
  const [, userInfo, authority = "", path = "", query = ""] = parts;
  if (/@/.test(userInfo === undefined ? path + query : query)) return { problems: [notReadable] };

  const problems: string[] = [];
  const parameters = readParameters(query, problems);
  const [user, password] = splitOnce(userInfo ?? "", ":");
  const address = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority);
  if (!address) return { problems: [authority.includes(",") ? severalHosts : notReadable] };
  const [, hostText = "", portText] = address;

  const hostParameter = parameters.get("host");
  const settings: DatabaseSettings = {
    host: readHost(hostParameter || decode(hostText), (hostParameter || hostText).includes(","), problems),
    port: readPort(parameters.get("port") || portText, problems),
    user: parameters.get("user") || decode(user) || undefined,
    password: parameters.get("password") || decode(password) || undefined,
    database: decode(path) || undefined,
    prefersTls: false,
    ...readTls(parameters, problems),
  };
  for (const name of textParameters) settings[name] = parameters.get(name) || undefined;
  for (const name of limitParameters) settings[name] = readNumber(name, parameters, "milliseconds", problems);
  problems.push(...findLimitProblems(settings, settings.options));
  const connectTimeout = readNumber("connect_timeout", parameters, "seconds", problems);
  settings.connectionTimeoutMillis = connectTimeout === undefined ? undefined : connectTimeout * 1000;
  if (settings.host.startsWith("/")) refuseTlsOnSocket(settings, parameters, problems);
  return problems.length > 0 ? { problems } : { settings };
}

function readParameters(query: string, problems: string[]): Map<string, string> {
  const parameters = new Map<string, string>();
  const unknown = new Set<string>();
  for (const part of query.split("&")) {
    if (part === "") continue;
    const [name, value] = splitOnce(part.replaceAll("+", " "), "=").map(decode) as [string, string];
    if (name === "schema") refuseSchema(value, problems);
    else if (!knownParameters.includes(name)) unknown.add(/^\w{1,63}$/.test(name) ? name : "one that is not a name");
    else if (parameters.has(name)) problems.push(`gives the parameter ${name} twice`);
    else parameters.set(name, value);
  }
  if (unknown.size > 0) {
    problems.push(
      `has parameters that have no effect here: ${[...unknown].join(", ")}. Remove them. Known are ${knownParameters.join(", ")}`,
    );
  }
  return parameters;
}

function refuseSchema(value: string, problems: string[]) {
  // Prisma's default, found in many copied URLs.
  if (value === "public") return;
  problems.push(
    "has the parameter schema, which has no effect here: the tables are in the schema public. Remove it, and give this server a database of its own",
  );
}

/** A comma separates hosts unless it is encoded: the name of a folder may contain one. */
function readHost(host: string, isList: boolean, problems: string[]): string {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (bare === "") {
    problems.push(
      "names no host: write one (localhost), or the folder of a Unix socket, percent-encoded or as ?host=/var/run/postgresql",
    );
  } else if (isList) {
    problems.push(severalHosts);
  } else if (!bare.startsWith("/") && !/^[\w.:%-]+$/.test(bare)) {
    problems.push("has a host that is neither a name nor an address nor the folder of a Unix socket");
  } else if (bare.includes("\0")) {
    problems.push("has a zero byte in its host");
  }
  return bare;
}

function readPort(text: string | undefined, problems: string[]): number | undefined {
  if (!text) return undefined;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) problems.push("has a port that is not from 1 to 65535");
  return port;
}

function readNumber(name: string, parameters: Map<string, string>, unit: string, problems: string[]) {
  const text = parameters.get(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) problems.push(`has a ${name} that is not a whole number of ${unit}`);
  else return Number(text);
  return undefined;
}

/** No mode verifies less than its name promises; `require` and `verify-ca` verify as much as `verify-full`. */
function readTls(parameters: Map<string, string>, problems: string[]) {
  const files = readFiles(parameters, problems);
  const negotiation = parameters.get("sslnegotiation") || undefined;
  if (negotiation !== undefined && !["postgres", "direct"].includes(negotiation)) {
    problems.push("has an sslnegotiation that is neither postgres nor direct");
  }
  const needsTls = Object.keys(files).length > 0 || negotiation === "direct";
  const mode = readMode(parameters, problems) ?? (needsTls ? "verify-full" : undefined);
  if (mode === "disable" && needsTls) {
    problems.push("turns TLS off and gives parameters of TLS: remove sslmode, or the others (ssl…)");
  }
  if (mode === "prefer" && negotiation === "direct") {
    problems.push(
      "has sslnegotiation=direct, which needs an sslmode that demands TLS: require, verify-ca or verify-full",
    );
  }
  if (mode === undefined) return { ssl: undefined };
  if (mode === "disable") return { ssl: false as const };
  return {
    ssl: mode === "no-verify" ? { ...files, rejectUnauthorized: false as const } : files,
    prefersTls: mode === "prefer",
    sslnegotiation: negotiation as DatabaseSettings["sslnegotiation"],
  };
}

function readMode(parameters: Map<string, string>, problems: string[]): string | undefined {
  const mode = parameters.get("sslmode") || undefined;
  const ssl = parameters.get("ssl") || undefined;
  if (mode !== undefined && !sslModes.includes(mode)) {
    problems.push(`has an unknown sslmode. It must be one of ${sslModes.join(", ")}`);
  }
  if (mode !== undefined && ssl !== undefined) {
    problems.push("has the parameters ssl and sslmode: remove ssl, which has no effect beside the other");
  }
  const modeOfSsl: Record<string, string> = { true: "verify-full", "1": "verify-full", "0": "disable" };
  const given = mode ?? (ssl === undefined || ssl === "no-verify" ? ssl : modeOfSsl[ssl]);
  if (ssl !== undefined && given === undefined) {
    problems.push(`has an ssl that is not true. Write sslmode instead, one of ${sslModes.join(", ")}`);
  }
  return given;
}

function readFiles(parameters: Map<string, string>, problems: string[]) {
  const files: Omit<TlsFiles, "rejectUnauthorized"> = {};
  for (const [name, member] of Object.entries(fileParameters)) {
    const file = parameters.get(name);
    // `system`: the authorities built into Node.js (PostgreSQL 16), the same as without the parameter.
    if (!file || (name === "sslrootcert" && file === "system")) continue;
    try {
      files[member] = readFileSync(file, "utf8");
    } catch (error) {
      files[member] = "";
      problems.push(`names a file in ${name} that can't be read (${(error as NodeJS.ErrnoException).code})`);
    }
  }
  if ((files.cert === undefined) !== (files.key === undefined)) {
    problems.push("must have both sslcert and sslkey, or neither");
  }
  return files;
}

/** PostgreSQL has no TLS on sockets: within one machine nothing needs to be encrypted. */
function refuseTlsOnSocket(settings: DatabaseSettings, parameters: Map<string, string>, problems: string[]) {
  const names = ["sslmode", "ssl", ...Object.keys(fileParameters), "sslnegotiation"].filter((name) =>
    parameters.get(name),
  );
  if (settings.ssl && !settings.prefersTls) {
    problems.push(`names a Unix socket, which has no TLS: remove ${names.join(", ")}`);
  }
  settings.ssl = false;
  settings.prefersTls = false;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** A percent sign that encodes nothing is taken literally, as in a password that was never encoded. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, "%25"));
  } catch {
    return text;
  }
}
