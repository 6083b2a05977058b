import { expect, test } from "vitest";
import { findSecretFileFormat, writeSecretFile } from "./secret-files";

const credentials = {
  applicationName: "Shop: Müller & Söhne!",
  clientId: 'it\'s "mine"',
  clientSecret: "s$cret",
  issuer: "https://id.example.com",
};

test("lines for a shell and for dotenv", () => {
  const { name, text } = writeSecretFile("env", credentials);
  expect(name).toBe("shop-mu-ller-so-hne-oauth.env");
  expect(text.split("\n")).toHaveLength(4);
  expect(text).toContain("CLIENT_SECRET='s$cret'\n");
});

test("a Secret of Kubernetes, in which nothing leaves its quotes", () => {
  const { name, text } = writeSecretFile("kubernetes", credentials);
  expect(name).toBe("shop-mu-ller-so-hne-oauth.yaml");
  expect(text).toBe(
    [
      "apiVersion: v1",
      "kind: Secret",
      "metadata:",
      "  name: shop-mu-ller-so-hne-oauth",
      "type: Opaque",
      "stringData:",
      '  CLIENT_ID: "it\'s \\"mine\\""',
      '  CLIENT_SECRET: "s$cret"',
      '  ISSUER: "https://id.example.com"',
      "",
    ].join("\n"),
  );
});

test.each([
  ["", "application-oauth.env"],
  ["店", "application-oauth.env"],
  ["../../etc/passwd", "etc-passwd-oauth.env"],
  ["a".repeat(90), `${"a".repeat(50)}-oauth.env`],
])("an application with the name %j is saved as %s", (applicationName, name) => {
  expect(writeSecretFile("env", { ...credentials, applicationName }).name).toBe(name);
});

test("other formats there are none", () => {
  expect([findSecretFileFormat("env"), findSecretFileFormat("toString"), findSecretFileFormat(null)]).toEqual([
    "env",
    null,
    null,
  ]);
});
