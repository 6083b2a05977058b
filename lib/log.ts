import pino from "pino";
import { env } from "@/lib/env";

/** Names of fields that hold secrets on the wire or in the database; a slip of a log call must not print them. */
const SECRET_FIELDS = [
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

let logger: pino.Logger | undefined;

/** The process's logger: one JSON object per line on standard output. */
export function log(): pino.Logger {
  logger ??= pino({
    level: env().LOG_LEVEL,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_FIELDS.flatMap((field) => [`["${field}"]`, `*["${field}"]`]), censor: "[secret]" },
  });
  return logger;
}
