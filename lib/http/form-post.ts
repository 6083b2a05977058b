import type { AuthorizationResponse } from "@/lib/oauth/authorization-response";
import { escapeHtml, htmlResponse, type PageFrame, readPageFrame, renderPage } from "./html-page";

type FormPost = Extract<AuthorizationResponse, { kind: "form-post" }>;

/**
 * A page whose form takes the answer to the client (OAuth 2.0 Form Post Response Mode §2): by itself where scripts run,
 * else by its button. The only script is the one that carries the nonce of this response.
 */
export async function formPostResponse(response: FormPost): Promise<Response> {
  return htmlResponse(renderFormPost(response, await readPageFrame()), { status: 200 });
}

export function renderFormPost({ action, fields }: FormPost, frame: PageFrame): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const content = `<p>You are on your way back to <strong>${escapeHtml(new URL(action).host)}</strong>.</p>
<form method="post" action="${escapeHtml(action)}">
${inputs.join("\n")}
<button class="start" type="submit">Continue</button>
</form>
<script nonce="${escapeHtml(frame.nonce)}">document.forms[0].submit()</script>`;
  return renderPage("One moment", content, frame);
}
