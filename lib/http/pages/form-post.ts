import type { AuthorizationResponse } from "@/lib/oauth/authorize/authorization-response";
import { readPageFrame } from "./html-page";
import { escapeHtml, htmlResponse, type PageFrame, renderPage } from "./render-page";

type FormPost = Extract<AuthorizationResponse, { kind: "form-post" }>;

interface SelfPostingForm {
  action: string;
  fields: Iterable<readonly [name: string, value: string]>;
  /** The sentence above the button, as HTML. */
  introduction: string;
}

/**
 * A page whose form takes the answer to the client (OAuth 2.0 Form Post Response Mode §2): by itself where scripts run,
 * else by its button. The only script is the one that carries the nonce of this response.
 */
export async function formPostResponse(response: FormPost): Promise<Response> {
  return htmlResponse(renderFormPost(response, await readPageFrame()), { status: 200 });
}

export function renderFormPost({ action, fields }: FormPost, frame: PageFrame): string {
  const introduction = `Returning to <strong>${escapeHtml(new URL(action).host)}</strong>.`;
  return renderSelfPostingForm({ action, fields: Object.entries(fields), introduction }, frame);
}

/**
 * Sends a form that another site posted once more, from a page of ours: browsers leave `SameSite=Lax` cookies out of a
 * cross-site POST, and a redirect to the same request by GET would put all of it into an address, which proxies limit
 * to a few kB. Nothing is stored for it (docs/adr/0036).
 */
export async function repostResponse(action: string, body: string): Promise<Response> {
  return htmlResponse(renderRepost(action, body, await readPageFrame()), { status: 200 });
}

/** `body` is form-encoded; every pair comes back as it was, so that what was repeated is refused as such. */
export function renderRepost(action: string, body: string, frame: PageFrame): string {
  // Under `no-referrer`, the policy of the authorization endpoint, browsers would send `Origin: null`.
  const introduction =
    '<meta name="referrer" content="same-origin">This page continues by itself. If it doesn’t, use the button.';
  return renderSelfPostingForm({ action, fields: new URLSearchParams(body), introduction }, frame);
}

function renderSelfPostingForm({ action, fields, introduction }: SelfPostingForm, frame: PageFrame): string {
  const content = `<p>${introduction}</p>
${renderForm(action, fields)}
<script nonce="${escapeHtml(frame.nonce)}">document.forms[0].submit()</script>`;
  return renderPage("One moment", content, frame);
}

/** A form of hidden fields behind one button. */
export function renderForm(action: string, fields: SelfPostingForm["fields"], button = "Continue"): string {
  const inputs = Array.from(
    fields,
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return `<form method="post" action="${escapeHtml(action)}">
${inputs.join("\n")}
<button class="start" type="submit">${escapeHtml(button)}</button>
</form>`;
}
