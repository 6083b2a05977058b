import type { z } from "zod";
import { isLoopbackHost } from "@/lib/oauth/wire/loopback";
import { type StoredValues, type VariableName, variables } from "./env-variables";
import { toVariableProblem, type VariableProblem, wrong } from "./variable-problem";

/** The environment is invalid; the message names each variable concerned and the fix. */
export class EnvironmentError extends Error {
  override name = "EnvironmentError";
  readonly problems: readonly VariableProblem[];

  constructor(problems: readonly VariableProblem[]) {
    super(`The configuration is invalid:\n${problems.map(({ line }) => `  ${line}`).join("\n")}`);
    this.problems = problems;
  }
}

/** Names of all variables that Latchkey reads. */
export const variableNames = Object.keys(variables.shape) as VariableName[];

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
  const problems: VariableProblem[] = [];
  const values: Partial<Variables> = {};
  // One at a time, so that one problem hides no other.
  for (const name of variableNames) {
    const parsed = variables.shape[name].safeParse(given[name]);
    if (parsed.success) Object.assign(values, { [name]: parsed.data });
    else problems.push(...parsed.error.issues.map(({ message }) => toVariableProblem(name, message)));
  }
  problems.push(...findContradictions(given, values));
  if (problems.length > 0) throw new EnvironmentError(problems);
  const configuration = values as Variables;
  return { ...configuration, PUBLIC_URL: configuration.PUBLIC_URL ?? `http://127.0.0.1:${configuration.PORT}` };
}

/** Contradictions between variables that are valid on their own. */
function findContradictions(given: Record<string, string | undefined>, values: Partial<Variables>): VariableProblem[] {
  const found: VariableProblem[] = [];
  const add = (name: VariableName, message: string) => found.push(toVariableProblem(name, message));
  const { protocol, hostname } = new URL(values.PUBLIC_URL ?? "http://127.0.0.1");
  // RFC 6749 §3.1 and §3.2: credentials and codes pass through these endpoints.
  if (protocol === "http:" && !isLoopback(hostname) && values.ALLOW_INSECURE_HTTP === false) {
    add(
      "PUBLIC_URL",
      "must start with https://, unless it is this machine itself. To try without: ALLOW_INSECURE_HTTP=1",
    );
  }
  if (values.NODE_ENV === "production" && given.DATABASE_URL && !given.AUTH_SECRET) {
    add(
      "AUTH_SECRET",
      "must be set together with DATABASE_URL, to the same value on every server of that database. Create one with: openssl rand -base64 33",
    );
  }
  if (values.SMTP_HOST && !values.MAIL_FROM) {
    add("MAIL_FROM", wrong("must be set together with SMTP_HOST", "consoleProblems.settings.senderMissing"));
  }
  if (values.SMTP_PASSWORD && !values.SMTP_USER) {
    add("SMTP_USER", wrong("must be set together with SMTP_PASSWORD", "consoleProblems.settings.userMissing"));
  }
  for (const name of ["REFRESH_TOKEN", "SESSION"] as const) {
    const [idle, whole] = [values[`${name}_IDLE_LIFETIME`], values[`${name}_LIFETIME`]];
    if (idle !== undefined && whole !== undefined && idle > whole) {
      const sentence = `must not be longer than ${name}_LIFETIME (${whole})`;
      add(`${name}_IDLE_LIFETIME`, wrong(sentence, "consoleProblems.settings.idle", { maximum: whole }));
    }
  }
  return found;
}

/** Broader than for addresses of applications: all of 127.0.0.0/8 is this machine (RFC 1122 §3.2.1.3). */
function isLoopback(hostname: string) {
  return isLoopbackHost(hostname) || /^127(\.\d+){3}$/.test(hostname);
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
    throw new EnvironmentError(
      missing.map((name) =>
        toVariableProblem(name, "is not set: `npm start` and `npm run dev` set it, other ways to start don't"),
      ),
    );
  }
  return { ...configuration, DATABASE_URL, AUTH_SECRET };
}

/**
 * The configuration of this process with `stored` for what the environment doesn't set.
 * @throws EnvironmentError if they are invalid together
 */
export function withStoredValues(stored: StoredValues): Configuration {
  const set = Object.entries(process.env).filter(([, value]) => value?.trim());
  return parseEnvironment({ ...stored, ...Object.fromEntries(set) });
}

/** The value in the environment; null if there is none. */
export function findInEnvironment(name: VariableName): string | null {
  return process.env[name]?.trim() || null;
}
