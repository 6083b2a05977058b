import pino from "pino";
import { deployment } from "@/lib/deployment";

/** Names of fields that hold secrets on the wire or in the database; a careless log call must not print them. */
const secretFields = [
  "password",
  "secret",
  "client_secret",
  "clientSecret",
  "code",
  "code_verifier",
  "codeVerifier",
  "token",
  "access_token",
  "accessToken",
  "refresh_token",
  "refreshToken",
  "authorization",
  "cookie",
  "set-cookie",
];

/** In characters. The text may contain anything that was sent; what remains is enough to find the cause. */
const longestText = 1000;
const longestStack = 4000;

let logger: pino.Logger | undefined;

/** The process's logger: one JSON object per line on standard output. */
export function log(): pino.Logger {
  logger ??= pino({
    level: deployment().logLevel,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: boundTexts },
    serializers: { err: serializeError },
    redact: { paths: secretFields.flatMap((field) => [`["${field}"]`, `*["${field}"]`]), censor: "[secret]" },
  });
  return logger;
}

function boundTexts(fields: Record<string, unknown>): Record<string, unknown> {
  const bound = ([name, value]: [string, unknown]) => [
    name,
    typeof value === "string" ? cut(value, longestText) : value,
  ];
  return Object.fromEntries(Object.entries(fields).map(bound));
}

/** Database errors quote the statement with all its values. */
function serializeError(error: unknown): unknown {
  const serialized: unknown = pino.stdSerializers.err(error as Error);
  if (typeof serialized !== "object" || serialized === null) return serialized;
  const { type, message, stack } = serialized as Record<string, unknown>;
  return { type, message: cut(String(message), longestText), stack: cut(String(stack), longestStack) };
}

function cut(text: string, maximum: number): string {
  return text.length > maximum ? `${text.slice(0, maximum)}…` : text;
}
