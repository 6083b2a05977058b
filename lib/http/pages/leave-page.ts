import { escapeHtml } from "@/lib/escape-html";
import type { AuthorizeOutcome } from "@/lib/oauth/authorize/authorization-outcome";
import { errorTexts, explainOAuthError } from "../error-texts";
import { renderForm } from "./form-post";
import { readPageFrame } from "./html-page";
import { htmlResponse, nameTag, type PageFrame, renderDetail, renderPage } from "./render-page";

type Leave = Extract<AuthorizeOutcome, { kind: "leave" }>;

/** A page that names where an error response would go and leaves it to the user to go there (RFC 9700 §4.11.2). */
export async function leaveResponse(outcome: Leave, uiLocales: string | null): Promise<Response> {
  return htmlResponse(renderLeave(outcome, await readPageFrame(uiLocales)), { status: outcome.error.status });
}

export function renderLeave({ response, error, redirectUri }: Leave, frame: PageFrame): string {
  const t = errorTexts(frame);
  const { host, protocol } = new URL(redirectUri);
  // An app on this device is identified by its scheme alone (RFC 8252 §7.1).
  const destination = host === "" ? protocol : host;
  const label = t("leave.continue", { destination });
  const { explanation, detail } = explainOAuthError(t, error);
  const onward =
    response.kind === "form-post"
      ? renderForm(response.action, Object.entries(response.fields), label)
      : `<a class="start" rel="noreferrer" href="${escapeHtml(response.location)}">${escapeHtml(label)}</a>`;
  const content = `<p>${escapeHtml(t("leave.explanation"))}</p>
<p>${escapeHtml(explanation)}</p>
${renderDetail(detail)}
<p>${t.markup("leave.destination", { destination: escapeHtml(destination), name: nameTag })}</p>
${onward}
<a class="start" href="/">${escapeHtml(t("startPage"))}</a>`;
  return renderPage(t("leave.title"), content, frame);
}
