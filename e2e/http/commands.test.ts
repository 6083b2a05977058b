import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { noteSecret } from "../support/secrets-seen";
import { requestToken } from "../support/token-client";
import { test } from "../support/vitest";

/** Runs a command like a script does, on the servers' database. */
async function run(args: string[], { env = {}, input = "" }: { env?: Record<string, string>; input?: string }) {
  const child = spawn(process.execPath, ["server/cli.mjs", ...args], { env: { ...process.env, ...env } });
  child.stdin.end(input);
  const [[status], stdout, stderr] = await Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);
  return { status, stdout, stderr };
}

const newSecret = () => {
  const secret = randomBytes(24).toString("base64url");
  noteSecret(secret);
  return secret;
};

const createAdministrator = (username: string, password: string) =>
  run(["createsuperuser", "--noinput", "--username", username, "--email", `${username}@example.com`], {
    env: { SUPERUSER_PASSWORD: password },
  });

test("a password from the environment loses the line break of its file, and can be typed", async ({ portal }) => {
  const [username, password] = [`root-${newSecret().slice(0, 8)}`, newSecret()];
  expect((await createAdministrator(username, `${password}\r\n`)).status).toBe(0);
  await portal.adoptUser(username);
  await new BrowserClient().signIn({ id: "", username, email: "", password });
});

test("no command accepts a password with control characters", async () => {
  const passwords = [`${newSecret()}\n\n`, `\t${newSecret()}`, `new\x1b[D${newSecret()}`];
  const refused = passwords.map((password) => createAdministrator(`root-${newSecret().slice(0, 8)}`, password));
  for (const { status, stderr } of await Promise.all(refused)) {
    expect([status, stderr.trim()]).toEqual([
      1,
      "Error: A password can't contain control characters such as tabs or line breaks.",
    ]);
  }
});

const createMachine = ["createapplication", "confidential", "client-credentials", "--json"];

test.for([
  ["the environment", [], (secret: string) => ({ env: { APPLICATION_CLIENT_SECRET: secret } })],
  ["standard input", ["--client-secret", "-"], (secret: string) => ({ input: secret })],
] as const)("a client secret comes from %s, without its line end", async ([, args, give], { portal }) => {
  const secret = newSecret();
  const { status, stdout } = await run([...createMachine, ...args], give(`${secret}\n`));
  expect(status).toBe(0);
  const application = JSON.parse(stdout);
  expect(application.client_secret).toBe(secret);
  const answer = await requestToken({ grant_type: "client_credentials", ...application });
  expect(answer.status).toBe(200);
  await portal.database.application.delete({ where: { clientId: application.client_id } });
});
