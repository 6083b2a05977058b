import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { EnvironmentError, parseEnvironment, variableNames } from "@/lib/env";

const sharedSecret = "0123456789abcdef0123456789abcdef";

function messageOf(source: Record<string, string>): string {
  try {
    parseEnvironment(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  throw new Error("The environment was accepted.");
}

describe("parseEnvironment", () => {
  test("works with nothing set", () => {
    expect(parseEnvironment({})).toMatchObject({
      PORT: 8000,
      HOST: "127.0.0.1",
      PUBLIC_URL: "http://127.0.0.1:8000",
      DATA_DIR: ".data",
      DATABASE_URL: undefined,
      AUTH_SECRET: undefined,
    });
  });

  test("treats an empty variable as not set", () => {
    expect(parseEnvironment({ PORT: "", PUBLIC_URL: " ", DATABASE_URL: "" })).toEqual(parseEnvironment({}));
  });

  test.each([
    ["cursor", ["cursor"]],
    [" cursor, vscode-insiders  x1+y ", ["cursor", "vscode-insiders", "x1+y"]],
    ["none", []],
  ])("takes PRIVATE_URI_SCHEMES=%j", (PRIVATE_URI_SCHEMES, schemes) => {
    expect(parseEnvironment({ PRIVATE_URI_SCHEMES })).toMatchObject({ PRIVATE_URI_SCHEMES: schemes });
  });

  test.each(["javascript", "cursor,data", "http", "https", "Cursor", "cursor:", "cursor://", "1a", "com.example.app"])(
    "refuses PRIVATE_URI_SCHEMES=%s",
    (PRIVATE_URI_SCHEMES) => {
      expect(messageOf({ PRIVATE_URI_SCHEMES })).toContain("PRIVATE_URI_SCHEMES must be schemes of apps");
    },
  );

  test("accepts any characters in DATA_DIR except control characters", () => {
    expect(parseEnvironment({ DATA_DIR: "/srv/$HOME `id` \"'" }).DATA_DIR).toBe("/srv/$HOME `id` \"'");
    expect(messageOf({ DATA_DIR: "/srv/a\nb" })).toContain("DATA_DIR must be a path without control characters");
  });

  test("derives PUBLIC_URL from PORT", () => {
    expect(parseEnvironment({ PORT: "9123" }).PUBLIC_URL).toBe("http://127.0.0.1:9123");
  });

  test.each(["0", "65536", "80a", "-1", "8e3", "80.5"])("refuses PORT=%s", (PORT) => {
    expect(messageOf({ PORT })).toContain("PORT must be a whole number from 1 to 65535. Example: 8000");
  });

  test.each([
    ["https://id.example.com", "https://id.example.com"],
    ["https://id.example.com/", "https://id.example.com"],
    ["https://ID.Example.com:443", "https://id.example.com"],
    ["http://localhost:8000", "http://localhost:8000"],
    ["http://[::1]:8000", "http://[::1]:8000"],
    ["https://id.example.com:8443", "https://id.example.com:8443"],
  ])("takes PUBLIC_URL=%s", (PUBLIC_URL, origin) => {
    expect(parseEnvironment({ PUBLIC_URL }).PUBLIC_URL).toBe(origin);
  });

  test.each([
    "https://id.example.com/iam",
    "https://id.example.com/?",
    "https://id.example.com?a=1",
    "https://id.example.com#",
    "https://user@id.example.com",
    "https://user:pass@id.example.com",
    "ftp://id.example.com",
    "id.example.com",
    "https://",
  ])("refuses PUBLIC_URL=%s", (PUBLIC_URL) => {
    expect(messageOf({ PUBLIC_URL })).toContain("PUBLIC_URL must be");
  });

  test("requires https except on this machine", () => {
    expect(messageOf({ PUBLIC_URL: "http://id.example.com" })).toContain("PUBLIC_URL must start with https://");
    expect(messageOf({ PUBLIC_URL: "http://127.0.0.1.example.com" })).toContain("https://");
    expect(parseEnvironment({ PUBLIC_URL: "http://id.example.com", ALLOW_INSECURE_HTTP: "1" }).PUBLIC_URL).toBe(
      "http://id.example.com",
    );
  });

  test("requires AUTH_SECRET with an external database, in production", () => {
    const source = { NODE_ENV: "production", DATABASE_URL: "postgresql://latchkey@db/latchkey" };
    expect(messageOf(source)).toContain("AUTH_SECRET must be set");
    expect(parseEnvironment({ ...source, AUTH_SECRET: sharedSecret }).AUTH_SECRET).toBe(sharedSecret);
    expect(parseEnvironment({ ...source, NODE_ENV: "development" }).AUTH_SECRET).toBeUndefined();
  });

  test("never repeats a secret", () => {
    const message = messageOf({ AUTH_SECRET: "tooshort", DATABASE_URL: "mysql://root:hunter2@db/x" });
    expect(message).toContain("AUTH_SECRET must have at least 32 characters");
    expect(message).toContain("DATABASE_URL must be the URL of a PostgreSQL database");
    expect(message).not.toMatch(/tooshort|hunter2/);
  });

  test("reports all problems together", () => {
    const message = messageOf({ PORT: "x", LOG_LEVEL: "loud", PASSWORD_HASH_COST: "31", ALLOW_INSECURE_HTTP: "maybe" });
    for (const name of ["PORT", "LOG_LEVEL", "PASSWORD_HASH_COST", "ALLOW_INSECURE_HTTP"]) {
      expect(message).toContain(`  ${name} must be`);
    }
  });

  test("says problems in English alone, whatever else the screen of settings gets", () => {
    const message = messageOf({ PORT: "x", SMTP_HOST: "smtp example", SMTP_PASSWORD: "x", SESSION_LIFETIME: "60" });
    expect(message.split("\n")).toEqual([
      "The configuration is invalid:",
      "  PORT must be a whole number from 1 to 65535. Example: 8000",
      "  SMTP_HOST must be a host name or an address. Example: smtp.example.com",
      "  SMTP_USER must be set together with SMTP_PASSWORD",
      "  SESSION_IDLE_LIFETIME must not be longer than SESSION_LIFETIME (60)",
    ]);
  });

  test("reports a problem of one variable and a contradiction among others together", () => {
    const source = { NODE_ENV: "production", PORT: "x", DATABASE_URL: "postgresql://db/latchkey?schema=own" };
    const message = messageOf({ ...source, PUBLIC_URL: "http://id.example.com", SESSION_LIFETIME: "60" });
    for (const part of [
      "PORT must be a whole number",
      "DATABASE_URL has the parameter schema",
      "AUTH_SECRET must be set together with DATABASE_URL",
      "PUBLIC_URL must start with https://",
      "SESSION_IDLE_LIFETIME must not be longer",
    ]) {
      expect(message).toContain(`  ${part}`);
    }
    expect(messageOf({ ...source, AUTH_SECRET: "short" })).not.toContain("AUTH_SECRET must be set");
  });

  test("reports all problems of DATABASE_URL", () => {
    const message = messageOf({ DATABASE_URL: "postgresql:///latchkey?schema=own&sslmode=yes&connect_timeout=5s" });
    expect(message.match(/ {2}DATABASE_URL (has|names)/g)).toHaveLength(4);
  });

  test("limits the lifetime of a code to ten minutes", () => {
    expect(parseEnvironment({ AUTHORIZATION_CODE_LIFETIME: "600" }).AUTHORIZATION_CODE_LIFETIME).toBe(600);
    expect(messageOf({ AUTHORIZATION_CODE_LIFETIME: "601" })).toContain("from 1 to 600 seconds");
  });

  test("refuses an idle lifetime longer than the total lifetime", () => {
    expect(messageOf({ SESSION_LIFETIME: "60" })).toContain("SESSION_IDLE_LIFETIME must not be longer");
    expect(messageOf({ REFRESH_TOKEN_LIFETIME: "60" })).toContain("REFRESH_TOKEN_IDLE_LIFETIME must not be longer");
  });
});

describe("docs/configuration.md", () => {
  const rows = readFileSync("docs/configuration.md", "utf8")
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter((cells) => /^`[A-Z_]+`$/.test(cells[1] ?? ""))
    .map((cells) => ({ name: unquote(cells[1]), fallback: unquote(cells[3]), example: unquote(cells[4]) }));

  function unquote(cell = "") {
    return cell.replaceAll("`", "");
  }

  test("lists exactly the variables that are read", () => {
    expect(rows.map(({ name }) => name)).toEqual(variableNames);
  });

  test("gives the actual defaults", () => {
    const words = new Map<unknown, string>([
      [undefined, "none"],
      [false, "0"],
      [true, "1"],
      ["", "none"],
    ]);
    const defaults = parseEnvironment({});
    for (const { name, fallback } of rows) {
      const value = defaults[name as keyof typeof defaults];
      const word = words.get(Array.isArray(value) ? value.join() : value) ?? String(value);
      const expected = fallback.replace("PORT", String(defaults.PORT)).replace("generated", "none");
      expect(`${name}=${word}`).toBe(`${name}=${expected}`);
    }
  });

  test("gives examples that are accepted", () => {
    const examples = rows.filter(({ name }) => name !== "AUTH_SECRET").map(({ name, example }) => [name, example]);
    expect(() => parseEnvironment({ ...Object.fromEntries(examples), AUTH_SECRET: sharedSecret })).not.toThrow();
  });
});
