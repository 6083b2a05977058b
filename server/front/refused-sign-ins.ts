import type { IncomingMessage } from "node:http";
import { hostCookieName } from "@/lib/auth/cookies";
import { isOwnForm } from "@/lib/auth/csrf";
import { isHashingBusyFor } from "@/lib/auth/password";
import { refusedSignIns } from "@/lib/auth/refused-sign-ins";
import { TooManyAttemptsError } from "@/lib/auth/sign-in-throttle";
import { currentTime } from "@/lib/clock";
import { sealLoginForm } from "@/lib/http/forms/login-flash";
import { describeKnownError } from "@/lib/http/pages/known-errors";
import { QueueBusyError } from "@/lib/limits/fair-queue";
import { textsOf } from "@/lib/messages/texts";
import { OAuthError } from "@/lib/oauth/wire/errors";
import { Parameters } from "@/lib/oauth/wire/parameters";
import type { Arrived } from "./incoming-bodies";
import { isUrlEncoded, longestForm } from "./refused-requests";
import { readLocale, readUiLocales, standalonePage } from "./standalone-page";

/** Seconds, for someone who has been told a moment ago that too many sign in. */
const retrySeconds = 3;

const signInForm = /^\/login\/submit\/?$/;

export interface RefusalPage {
  status: number;
  html: string;
  headers: Readonly<Record<string, string>>;
}

/**
 * The page for a form of sign-in that would be refused again, as it was a moment ago: after too many attempts, or
 * because too many sign in from its network. It is what the route answers, with a way back to the form, without Next.js
 * and the database. Null if nothing is known against it, or if the form isn't ours: that is for the route to say.
 */
export async function findSignInRefusal(
  { request, body }: Arrived,
  network: string,
  publicUrl: string,
): Promise<RefusalPage | null> {
  const [path = ""] = (request.url ?? "").split("?", 1);
  if (request.method !== "POST" || !signInForm.test(path) || !isUrlEncoded(request)) return null;
  const isBusy = isHashingBusyFor(network);
  if (!isBusy && !refusedSignIns().hasFrom(network)) return null;
  if (body === null || body.length > longestForm) return null;
  try {
    const form = Parameters.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    form.refuseRepeated();
    const browserId = readCookie(request, hostCookieName("browser"));
    if (!isOwnForm(readOrigin(request), form.get("csrf"), browserId)) return null;
    const error = isBusy ? new QueueBusyError(retrySeconds) : findError(request, form, network);
    return error && (await toPage(error, { form, browserId, request, publicUrl }));
  } catch (error) {
    // The form or a cookie can't be read.
    if (error instanceof OAuthError || error instanceof TypeError || error instanceof URIError) return null;
    throw error;
  }
}

function findError(request: IncomingMessage, form: Parameters, network: string): TooManyAttemptsError | null {
  const cookie = readCookie(request, hostCookieName("known"));
  const identifier = form.get("identifier") ?? "";
  const wait = refusedSignIns().foresee({ network, identifier, cookie, now: currentTime() });
  return wait > 0 ? new TooManyAttemptsError(wait) : null;
}

async function toPage(
  error: Error,
  context: { form: Parameters; browserId: string; request: IncomingMessage; publicUrl: string },
): Promise<RefusalPage | null> {
  const { form, browserId, request, publicUrl } = context;
  const locale = readLocale(request);
  const page = describeKnownError(error, locale);
  if (!page) return null;
  const { cookie, path } = await sealLoginForm(form, browserId, readUiLocales(request));
  const link = { href: path, label: textsOf("login", locale)("back") };
  const { html, headers } = standalonePage(request, () => ({ ...page, link }), publicUrl);
  return { status: page.status, html, headers: { ...headers, ...page.headers, "Set-Cookie": serialize(cookie) } };
}

function serialize(cookie: Awaited<ReturnType<typeof sealLoginForm>>["cookie"]): string {
  const { name, value, path, maxAge, secure } = cookie;
  const attributes = [`Path=${path}`, `Max-Age=${maxAge}`, "HttpOnly", "SameSite=lax", ...(secure ? ["Secure"] : [])];
  return [`${name}=${value}`, ...attributes].join("; ");
}

/** Of several with one name the last, as Next.js has it. */
function readCookie({ headers }: IncomingMessage, name: string): string {
  const sent = (headers.cookie ?? "").split(/; */).filter((pair) => pair.startsWith(`${name}=`));
  return decodeURIComponent(sent.at(-1)?.slice(name.length + 1) ?? "");
}

function readOrigin({ headers }: IncomingMessage): Headers {
  const read = new Headers();
  for (const name of ["origin", "sec-fetch-site"]) {
    const value = headers[name]?.toString();
    if (value !== undefined) read.set(name, value);
  }
  return read;
}
