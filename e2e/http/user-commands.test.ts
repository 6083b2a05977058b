import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { noteSecret } from "../support/secrets-seen";
import { test } from "../support/vitest";

/** Runs a command like a script does, on the servers' database. */
async function run(args: string[], { env = {}, input = "" }: { env?: Record<string, string>; input?: string } = {}) {
  const child = spawn(process.execPath, ["server/cli.mjs", ...args], { env: { ...process.env, ...env } });
  child.stdin.end(input);
  const [[status], stdout, stderr] = await Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);
  return { status, stdout, stderr };
}

const newName = (kind: string) => `${kind}-${randomBytes(5).toString("hex")}`;

function newPassword(): string {
  const password = randomBytes(18).toString("base64url");
  noteSecret(password);
  return password;
}

const signIn = (username: string, password: string) =>
  new BrowserClient().signIn({ id: "", username, email: "", password });

test("a user is created with a password from standard input, and gets another one from the environment", async ({
  portal,
}) => {
  const [username, first, second] = [newName("clerk"), newPassword(), newPassword()];
  const created = await run(
    ["createuser", "--username", username, "--email", `${username}@example.com`, "--password", "-", "--json"],
    { input: `${first}\n` },
  );
  expect([created.status, created.stderr]).toEqual([0, ""]);
  expect(JSON.parse(created.stdout)).toEqual({ id: expect.any(String), username });
  await portal.adoptUser(username);
  await signIn(username, first);
  const changed = await run(["changepassword", username, "--json"], { env: { USER_PASSWORD: second } });
  expect(changed.status).toBe(0);
  await signIn(username, second);
});

test("a user is disabled, found in the list, and enabled again", async ({ user }) => {
  expect((await run(["disableuser", user.email, "--reason", "Left", "--json"])).status).toBe(0);
  const listed = await run(["listusers", "--search", user.username, "--status", "disabled", "--json"]);
  expect(JSON.parse(listed.stdout)).toMatchObject({ username: user.username, disabled: true, portalRole: null });
  expect((await run(["enableuser", user.username])).stdout).toBe(`${user.username} is enabled now.\n`);
});

test("without a password one is created and printed once", async ({ portal }) => {
  const username = newName("clerk");
  const { status, stdout } = await run(["createuser", "--username", username, "--email", `${username}@example.com`]);
  expect(status).toBe(0);
  const [, password = ""] = /^password: (\S+)$/m.exec(stdout) ?? [];
  expect(password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
  noteSecret(password);
  await portal.adoptUser(username);
});

test("what is wrong is said, with status 1", async () => {
  const attempts = await Promise.all([
    run(["createuser", "--username", "x"]),
    run(["createuser", "--username", "bad name", "--email", "nobody", "--password", "-"], { input: newPassword() }),
    run(["disableuser", newName("nobody")]),
    run(["changepassword", newName("nobody")], { env: { USER_PASSWORD: newPassword() } }),
    run(["changepassword", "root", "--password", "on the command line"]),
    run(["listusers", "--status", "asleep"]),
    run(["importusers", "/nowhere.csv"]),
    run(["exportusers", "--format", "xml"]),
  ]);
  expect(attempts.map(({ status }) => status)).toEqual(attempts.map(() => 1));
  expect(attempts.map(({ stderr }) => stderr.trim().split("\n")[0])).toEqual([
    "--username and --email are required.",
    "Error: Use letters, digits and @ . + - _ ' only. Enter a valid e-mail address.",
    expect.stringMatching(/^Error: There is no user nobody-/),
    expect.stringMatching(/^Error: There is no user nobody-/),
    "Error: --password takes only -, for standard input. Set USER_PASSWORD instead.",
    'The status must be "enabled" or "disabled", not "asleep".',
    expect.stringMatching(/^The file can't be read: ENOENT/),
    'The format must be "csv" or "json", not "xml".',
  ]);
});

/** Made by Django 5.2 of "grünes Pferd 27". */
const djangoHash = "pbkdf2_sha256$1000000$IMP53DZH9a94L6tMfH0XZN$H4uDK6v9UonNEgntHrbrYjMvvr7+rAVly3QWFyYnTK8=";

test("a file is checked and imported with groups and hashes, and users sign in with their old passwords", async ({
  portal,
}) => {
  const [group, username] = [newName("Staff"), newName("imported")];
  expect(JSON.parse((await run(["creategroup", group, "--json"])).stdout)).toMatchObject({ name: group });
  const file = [
    "username,email,name,groups,password_hash",
    `${username},${username}@example.com,Ada Lovelace,${group},${djangoHash}`,
    ",nobody,,,",
  ].join("\n");
  try {
    const dryRun = await run(["importusers", "-", "--dry-run", "--json"], { input: file });
    expect(dryRun.status).toBe(2);
    expect(JSON.parse(dryRun.stdout)).toMatchObject({ created: 1, dry_run: true, refused: [{ row: 2 }] });
    const imported = await run(["importusers", "-"], { input: file });
    expect(imported.stdout).toContain("1 users created, 1 rows refused.");
    await portal.adoptUser(username);
    await signIn(username, "grünes Pferd 27");
    const exported = await run(["exportusers", "--hashes"]);
    expect(exported.status).toBe(0);
    const line = exported.stdout.split("\r\n").find((row) => row.startsWith(`${username},`));
    expect(line).toContain(",Ada Lovelace,");
    // The hash was renewed at the sign-in.
    expect(line).toMatch(new RegExp(`,${group},[0-9a-f-]{36},bcrypt-sha384\\$2b\\$10\\$`));
    expect((await run(["exportusers", "--format", "json"])).stdout).not.toContain("password_hash");
  } finally {
    await portal.database.group.deleteMany({ where: { name: group } });
  }
});
