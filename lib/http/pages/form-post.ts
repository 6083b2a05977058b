import { escapeHtml } from "@/lib/escape-html";
import { readUiLocales } from "@/lib/messages/negotiate-locale";
import type { AuthorizationResponse } from "@/lib/oauth/authorize/authorization-response";
import { errorTexts } from "../error-texts";
import { readPageFrame } from "./html-page";
import { htmlResponse, nameTag, type PageFrame, renderPage } from "./render-page";

type FormPost = Extract<AuthorizationResponse, { kind: "form-post" }>;

interface SelfPostingForm {
  action: string;
  fields: Iterable<readonly [name: string, value: string]>;
  /** The sentence above the button, as HTML. */
  introduction: string;
}

/**
 * A page whose form takes the response to the client (OAuth 2.0 Form Post Response Mode §2): automatically if scripts
 * run, otherwise with its button. The only script is the one with this response's nonce.
 */
export async function formPostResponse(response: FormPost, uiLocales: string | null): Promise<Response> {
  return htmlResponse(renderFormPost(response, await readPageFrame(uiLocales)), { status: 200 });
}

export function renderFormPost({ action, fields }: FormPost, frame: PageFrame): string {
  const destination = escapeHtml(new URL(action).host);
  const introduction = errorTexts(frame).markup("passing.returning", { destination, name: nameTag });
  return renderSelfPostingForm({ action, fields: Object.entries(fields), introduction }, frame);
}

/**
 * Posts a form from another site again, from our own page: browsers leave `SameSite=Lax` cookies out of a cross-site
 * POST, and a redirect to the same request by GET would put all of it into an address, which proxies limit to a few kB.
 * Nothing is stored for it (docs/adr/0036).
 */
export async function repostResponse(action: string, body: string): Promise<Response> {
  return htmlResponse(renderRepost(action, body, await readPageFrame(readUiLocales(body))), { status: 200 });
}

/** `body` is form-encoded. Every pair is sent again as it was, so that repeated parameters are still refused. */
export function renderRepost(action: string, body: string, frame: PageFrame): string {
  // With `no-referrer`, the policy of the authorization endpoint, browsers would send `Origin: null`.
  const introduction = `<meta name="referrer" content="same-origin">${escapeHtml(errorTexts(frame)("passing.continues"))}`;
  return renderSelfPostingForm({ action, fields: new URLSearchParams(body), introduction }, frame);
}

function renderSelfPostingForm({ action, fields, introduction }: SelfPostingForm, frame: PageFrame): string {
  const t = errorTexts(frame);
  const content = `<p>${introduction}</p>
${renderForm(action, fields, t("continue"))}
<script nonce="${escapeHtml(frame.nonce)}">document.forms[0].submit()</script>`;
  return renderPage(t("passing.title"), content, frame);
}

/** A form of hidden fields with one button. */
export function renderForm(action: string, fields: SelfPostingForm["fields"], button: string): string {
  const inputs = Array.from(
    fields,
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return `<form method="post" action="${escapeHtml(action)}">
${inputs.join("\n")}
<button class="start" type="submit">${escapeHtml(button)}</button>
</form>`;
}
