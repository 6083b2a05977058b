/** Milliseconds; 0 is no limit. */
export interface DatabaseLimits {
  /** PostgreSQL's, for a statement. */
  statement_timeout?: number | undefined;
  /** PostgreSQL's, for a transaction that waits for its next statement. */
  idle_in_transaction_session_timeout?: number | undefined;
  /** PostgreSQL's, for acquiring a lock. */
  lock_timeout?: number | undefined;
  /** Ours, for the answer to a query. */
  query_timeout?: number | undefined;
}

/**
 * For a running server, unless DATABASE_URL sets others. PostgreSQL gives up first, so that a COMMIT that arrives after
 * its caller was told of a failure finds nothing to store. Both are below the ten seconds in which the process has to
 * recover once its connections have died (docs/adr/0038).
 */
export const serverLimits = {
  statement_timeout: 6000,
  idle_in_transaction_session_timeout: 6000,
  query_timeout: 8000,
} as const satisfies DatabaseLimits;

/** Migrations and commands take as long as they need. Zeros override the limits of the URL and of the role. */
export const noLimits = {
  statement_timeout: 0,
  idle_in_transaction_session_timeout: 0,
  lock_timeout: 0,
  query_timeout: 0,
} as const satisfies DatabaseLimits;

const limitsOfPostgres = ["statement_timeout", "idle_in_transaction_session_timeout"] as const;

/**
 * Conflicts between the limits, each to be printed after the name of the variable.
 * @param options the URL parameter of that name, which can contain session settings for PostgreSQL
 */
export function findLimitProblems(given: DatabaseLimits, options = ""): string[] {
  const problems = limitsOfPostgres.filter((name) => isSetIn(options, name)).map(describeOption);
  const ours = given.query_timeout ?? serverLimits.query_timeout;
  const wrong = limitsOfPostgres.filter((name) => {
    const limit = given[name] ?? serverLimits[name];
    return limit === 0 || limit >= ours;
  });
  if (wrong.length > 0) {
    const values = [...wrong, "query_timeout" as const].map((name) =>
      given[name] === undefined ? `${name}=${serverLimits[name]} (the default)` : `${name}=${given[name]}`,
    );
    problems.push(
      `has ${values.slice(0, -1).join(", ")} beside ${values.at(-1)}: PostgreSQL's limits must be from 1 to less than query_timeout, so that nothing is stored after its failure was reported`,
    );
  }
  return problems;
}

function describeOption(name: (typeof limitsOfPostgres)[number]): string {
  return `sets ${name} in options, where the server's own limit of ${serverLimits[name]} replaces it: write it as a parameter, ${name}=…, in milliseconds and less than query_timeout`;
}

/**
 * `-c name=…`, `-cname=…` or `--name=…`, in any case; a hyphen equals an underscore, and a backslash may escape any
 * character.
 */
function isSetIn(options: string, name: string): boolean {
  const plain = options.replace(/\\(.)/gs, "$1").toLowerCase().replaceAll("-", "_");
  return new RegExp(`(?:^|\\s)(?:_c\\s*|__)${name}=`).test(plain);
}
