import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { describe } from "vitest";

/**
 * What a part of the system tests may need besides Node.js and PostgreSQL: a command that succeeds if it is available.
 */
const probes = {
  nginx: ["nginx", "-v"],
  pgbouncer: ["pgbouncer", "--version"],
  faketime: ["faketime", "--version"],
  // Being installed is not enough: a container may forbid new namespaces.
  unshare: ["unshare", "--pid", "--net", "--fork", "--mount-proc", "true"],
  python3: ["python3", "--version"],
  root: ["sh", "-c", 'test "$(id -u)" -eq 0'],
  mod_oauth2: ["sh", "-c", "apache2 -v && test -e /usr/lib/apache2/modules/mod_oauth2.so"],
  dovecot: ["dovecot", "--version"],
  mod_auth_openidc: ["sh", "-c", "apache2 -v && test -e /usr/lib/apache2/modules/mod_auth_openidc.so"],
  "oauth2-proxy": ["oauth2-proxy", "--version"],
  // Registries, which some machines can't reach.
  npm: ["npm", "view", "openid-client@6.9.0", "version"],
  pypi: ["sh", "-c", "python3 -m pip download --quiet --no-deps --dest $(mktemp -d) itsdangerous==2.2.0"],
  go: ["sh", "-c", "go version && cd / && go list -m golang.org/x/oauth2@v0.38.0"],
  maven: [
    "mvn",
    "--batch-mode",
    "dependency:get",
    "-Dartifact=org.springframework.boot:spring-boot-starter-parent:3.5.7:pom",
    "-Dtransitive=false",
  ],
} as const satisfies Record<string, readonly [command: string, ...args: string[]]>;

export type Program = keyof typeof probes;

/**
 * A part of the system tests that needs these programs: `needs("nginx")("behind a proxy", () => { test(…) })`. If one
 * of them can't run, neither can the part: the runner reports it and counts it separately, never as passed.
 */
export function needs(...programs: readonly Program[]): (title: string, tests: () => void) => void {
  return unless(programs.filter((name) => !canRun(probes[name])));
}

/** The same for what a part has to fetch before it can run; `missing` couldn't be fetched. */
export function unless(missing: readonly string[]): (title: string, tests: () => void) => void {
  return (title, tests) => {
    if (missing.length > 0) report(`${title}: needs ${missing.join(" and ")}`);
    describe.runIf(missing.length === 0)(title, tests);
  };
}

function canRun([command, ...args]: readonly [string, ...string[]]): boolean {
  return spawnSync(command, args, { stdio: "ignore", timeout: 60_000 }).status === 0;
}

/** The runner (server/test/stages.ts) reads one line per part from this file. */
function report(line: string): void {
  const file = process.env.COULD_NOT_RUN;
  if (file) appendFileSync(file, `${line}\n`);
  else process.stderr.write(`could not run here: ${line}\n`);
}
