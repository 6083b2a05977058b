import type { AuthorizeOutcome } from "@/lib/oauth/authorize/authorization-outcome";
import { renderForm } from "./form-post";
import { readPageFrame } from "./html-page";
import { escapeHtml, htmlResponse, type PageFrame, renderPage } from "./render-page";

type Leave = Extract<AuthorizeOutcome, { kind: "leave" }>;

/** A page that names where an error response would go and leaves it to the person to go there (RFC 9700 §4.11.2). */
export async function leaveResponse(outcome: Leave): Promise<Response> {
  return htmlResponse(renderLeave(outcome, await readPageFrame()), { status: outcome.error.status });
}

export function renderLeave({ response, error, redirectUri }: Leave, frame: PageFrame): string {
  const { host, protocol } = new URL(redirectUri);
  // An app on this device is known by its scheme alone (RFC 8252 §7.1).
  const destination = host === "" ? protocol : host;
  const label = `Continue to ${destination}`;
  const onward =
    response.kind === "form-post"
      ? renderForm(response.action, Object.entries(response.fields), label)
      : `<a class="start" rel="noreferrer" href="${escapeHtml(response.location)}">${escapeHtml(label)}</a>`;
  const content = `<p>The application that sent you here made a request that Latchkey can’t accept. ${escapeHtml(error.description)}</p>
<p>It asks to send you to <strong>${escapeHtml(destination)}</strong>. No administrator of this server vouches for that address: continue only if you trust it.</p>
${onward}
<a class="start" href="/">Go to the start page</a>`;
  return renderPage("This request can’t continue", content, frame);
}
