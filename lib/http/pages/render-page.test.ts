import { describe, expect, test } from "vitest";
import { renderErrorPage } from "./render-page";

const page = {
  status: 400,
  title: "We couldn’t complete sign-in",
  explanation: "It is not registered.",
  advice: "Go back.",
};

describe("the error page", () => {
  test("is text only: whatever is inserted is escaped", () => {
    const html = renderErrorPage(
      { ...page, explanation: `<script>alert("x")</script>`, reference: `"><img src=x>` },
      { locale: "en", theme: `"><script>`, nonce: `"><script>` },
    );
    expect(html).not.toContain("<script>");
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;script&gt;");
  });

  test("has one heading, a language, and the reference only if there is one", () => {
    const html = renderErrorPage(page, { locale: "en", nonce: "n" });
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('<html lang="en"');
    expect(html).not.toContain("Reference");
    expect(renderErrorPage({ ...page, reference: "abc123" }, { locale: "en", nonce: "n" })).toContain("abc123");
  });

  test("accepts the chosen theme and no other word", () => {
    expect(renderErrorPage(page, { locale: "en", theme: "dark", nonce: "n" })).toContain('data-theme="dark"');
    expect(renderErrorPage(page, { locale: "en", theme: "pink", nonce: "n" })).not.toContain('data-theme="pink"');
  });
});
