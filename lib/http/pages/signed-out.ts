import { randomBytes } from "node:crypto";
import { z } from "zod";
import { currentSettings } from "@/lib/current-settings";
import { escapeHtml } from "@/lib/escape-html";
import type { Locale } from "@/lib/messages/locales";
import { toIssuer } from "@/lib/oauth/endpoints";
import { toFrontchannelLocation } from "@/lib/oauth/openid/logout";
import { findFrontchannelLogouts } from "@/lib/services/sessions/frontchannel-logouts";
import { errorTexts } from "../error-texts";
import { clearFlash, type Flash, readFlash, setFlash } from "../forms/flash";
import { signedOutPath } from "../paths";
import { seeOther } from "../responses";
import { securityHeaders } from "../security-headers";
import type { EndedSession } from "../session/sign-out";
import { readPageFrame } from "./html-page";
import { htmlResponse, type PageFrame, renderPage } from "./render-page";

/** A cookie holds 4 kB, and sealing makes it longer. */
const longestLocation = 2000;

/** Seconds that the applications' pages get to end their sessions. */
const logoutPageTimeout = 5;

/** Continues as soon as every frame has loaded, or time is up. */
const script = `(function(){
var left=document.querySelector("[data-frames]").getAttribute("data-frames"),gone=false;
function go(){var link=document.getElementById("continue");if(!gone&&link){gone=true;location.replace(link.href)}}
document.addEventListener("load",function(event){if(event.target.tagName==="IFRAME"&&--left===0)go()},true);
})()`;

/** Its session has ended when it is set, and another user may have signed in when it is read. */
const flash: Flash = { name: "signed-out", path: signedOutPath, maxAge: 120, outlivesSession: true };

const flashSchema = z.object({ sessionId: z.string(), next: z.string().nullable(), locale: z.string().optional() });

/**
 * The response after a sign-out: on to `next`, or to a page that confirms it. On the way, applications that want to be
 * notified through the browser are (OpenID Connect Front-Channel Logout §3). `locale` is that of the request:
 * afterwards there is no user whose own it could be.
 */
export async function redirectAfterSignOut(
  ended: EndedSession | null,
  next: string | null,
  locale: Locale,
): Promise<Response> {
  const isExpected = ended !== null && ended.frontchannelLogouts.length > 0;
  if (next !== null && (!isExpected || next.length > longestLocation)) return seeOther(next);
  await setFlash(flash, { sessionId: ended?.id ?? "", next, locale });
  return seeOther(signedOutPath);
}

/** The page of `/o/logged-out`. It may frame pages of the applications concerned, and no page may frame it. */
export async function answerSignedOut(): Promise<Response> {
  const { data } = flashSchema.safeParse(await readFlash(flash));
  // A visitor by chance may well be signed in.
  if (!data) return seeOther("/");
  const { publicUrl } = currentSettings();
  const logouts = data.sessionId !== "" ? await findFrontchannelLogouts(data.sessionId) : [];
  // Not earlier: if the applications can't be looked up, the page can be loaded again.
  await clearFlash(flash);
  const frames = logouts.map(({ uri, sid }) => toFrontchannelLocation(toIssuer(publicUrl), uri, sid));
  const nonce = randomBytes(16).toString("base64");
  const headers = {
    ...securityHeaders({
      nonce,
      formAction: "'self'",
      https: publicUrl.startsWith("https:"),
      development: false,
      frameSources: [...new Set(frames.map((frame) => new URL(frame).origin))],
    }),
    "Referrer-Policy": "no-referrer",
    // Without scripts the browser continues by itself, too.
    ...(data.next ? { Refresh: `${logoutPageTimeout};url=${data.next}` } : {}),
  };
  const frame = { ...(await readPageFrame(data.locale)), nonce };
  const html = renderPage(errorTexts(frame)("signedOut.title"), renderContent(frames, data.next, frame), frame);
  return htmlResponse(html, { status: 200, headers });
}

function renderContent(frames: string[], next: string | null, frame: PageFrame): string {
  const t = errorTexts(frame);
  const explanation = t(frames.length > 0 ? "signedOut.applications" : "signedOut.explanation");
  const link = next ?? "/";
  // Their pages may run scripts as usual, but never navigate this one.
  const iframes = frames.map(
    (uri) =>
      `<iframe title="${escapeHtml(t("signedOut.frame"))}" sandbox="allow-scripts allow-same-origin" src="${escapeHtml(uri)}"></iframe>`,
  );
  return `<p data-frames="${frames.length}">${escapeHtml(explanation)}</p>
<a class="start" ${next === null ? "" : `id="continue" `}href="${escapeHtml(link)}">${escapeHtml(next === null ? t("startPage") : t("continue"))}</a>
${frames.length > 0 && next !== null ? `<script nonce="${frame.nonce}">${script}</script>` : ""}
${iframes.join("\n")}`;
}
