import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import type { Route } from "@/lib/http/machine/endpoint-route";
import { endpoints, everyMethod } from "@/lib/oauth/endpoints";
import { MachineEndpoints } from "./machine-endpoints";

const handler = () => new Response();
const route: Partial<Route> = Object.fromEntries(everyMethod.map((method) => [method, handler]));
const names = Object.keys(endpoints).filter((name) => !["authorization", "endSession"].includes(name));
const machineEndpoints = new MachineEndpoints(
  { endpoints: Object.fromEntries(names.map((name) => [name, route])), resources: { "/resource": { GET: handler } } },
  { publicUrl: "https://id.example.test", settle: () => null },
);

function isFound(target: string, method = "GET"): boolean {
  const request = new IncomingMessage(new Socket());
  return machineEndpoints.find(Object.assign(request, { method, url: target })) !== null;
}

test.each([
  "/o/token",
  "/o/token/",
  "/o/token?a=b",
  "/o/register/2f1b?a=/..",
  "/o/register/2f1b/",
  "/o/.well-known/jwks.json",
  "/.well-known/openid-configuration/o",
  "/.well-known/oauth-protected-resource",
  "/.well-known/oauth-protected-resource/o/userinfo",
  "/resource/",
])("%s is answered by the front", (target) => {
  expect(isFound(target)).toBe(true);
});

test.each([
  "/",
  "/login",
  "/o/authorize",
  "/o/logout",
  "/o/applications",
  "/o/register/a/b",
  "/o/tokens",
  "/o/Token",
  "/o//token",
  "//o/token",
  "/o/token//",
  "/o/%74oken",
  "/o/./token",
  "/o/x/../token",
  "/o/token;a",
  "/o/token#a",
  "/o/token?#a",
  "/o/register/..",
  "/o/register/.",
  "/o/register/a%2fb",
  "/o/register/a\\b",
  "/.well-known/oauth-protected-resource/../openid-configuration/o",
  "/.well-known/oauth-protected-resource//resource",
  "/.well-known/oauth-protected-resource/a/./b",
  "/.well-known/oauth-protected-resource/%72esource",
  "/.well-known/security.txt",
  "*",
  "https://id.example.test/o/token",
])("%s is left to Next.js", (target) => {
  expect(isFound(target)).toBe(false);
});

test("so is a method that a resource has no handler for", () => {
  expect([isFound("/resource", "GET"), isFound("/resource", "POST")]).toEqual([true, false]);
  expect([isFound("/o/token", "PROPFIND"), isFound("/o/token", "constructor")]).toEqual([false, false]);
});
