import { expect, test } from "vitest";
import { InvalidScopeError } from "@/lib/oauth/wire/errors";
import { renderLeave } from "./leave-page";

const frame = { locale: "en", nonce: "n" } as const;

function render(redirectUri: string, location = `${redirectUri}?error=invalid_scope`): string {
  const response = { kind: "redirect", location } as const;
  return renderLeave({ kind: "leave", response, error: new InvalidScopeError(), redirectUri, uiLocales: null }, frame);
}

test("RFC 9700 §4.11.2: the page names the host and goes nowhere by itself", () => {
  const html = render("https://app.example:8443/cb");
  expect(html).toContain("Continue to app.example:8443");
  expect(html).toContain('href="https://app.example:8443/cb?error=invalid_scope"');
  expect(html).not.toMatch(/<script|http-equiv/i);
});

test("an app on the device is named by its scheme", () => {
  expect(render("com.example.app:/cb")).toContain("Continue to com.example.app:");
});

test("nothing in an address ends its attribute", () => {
  expect(render("https://app.example/cb", `https://app.example/cb?state="><script>`)).not.toContain("<script>");
});
