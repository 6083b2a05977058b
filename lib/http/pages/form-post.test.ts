import { expect, test } from "vitest";
import { renderFormPost } from "./form-post";

const response = {
  kind: "form-post" as const,
  action: "https://app.example/callback?tenant=1&x",
  fields: { code: "c", state: "s", iss: "https://id.example/o" },
};

test("Form Post Response Mode §2: one form to the redirect URI, with every parameter as a hidden field", () => {
  const html = renderFormPost(response, { locale: "en", nonce: "n" });
  expect(html.match(/<form\b/g)).toHaveLength(1);
  expect(html).toContain('<form method="post" action="https://app.example/callback?tenant=1&amp;x">');
  for (const [name, value] of Object.entries(response.fields)) {
    expect(html).toContain(`<input type="hidden" name="${name}" value="${value}">`);
  }
});

test("it is submitted automatically with the response's nonce, and by a button without scripts", () => {
  const html = renderFormPost(response, { locale: "en", nonce: "n0nce" });
  expect(html.match(/<script\b[^>]*>[^<]*/g)).toEqual(['<script nonce="n0nce">document.forms[0].submit()']);
  expect(html).toMatch(/<button class="start" type="submit">Continue<\/button>/);
});

test("whatever a state contains stays a value", () => {
  const state = `"><script>alert(1)</script><input name='code' value="&amp;`;
  const html = renderFormPost({ ...response, fields: { state } }, { locale: "en", nonce: `"><b>` });
  expect(html).not.toContain("<script>");
  expect(html).not.toContain("<b>");
  expect(html.match(/<input\b/g)).toHaveLength(1);
  expect(html).toContain(
    'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;input name=&#39;code&#39; value=&quot;&amp;amp;"',
  );
});
