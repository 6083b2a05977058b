import type { OutgoingHttpHeaders } from "node:http";
import { type HostCookie, hostCookieName } from "@/lib/auth/cookies";
import { baseUrl } from "./environment";
import { type HtmlForm, readForms } from "./html";
import { type Answer, postForm, send } from "./http";
import type { TestUser } from "./portal";
import { noteSecret } from "./secrets-seen";

interface Cookie {
  value: string;
  path: string;
}

/** A list if one of them is repeated, as `resource` may be. */
export type AuthorizationParameters = Readonly<Record<string, string>> | URLSearchParams;

export type Decision = "allow" | "deny";

/** Pages and redirects between an authorization request and its response, through login and consent. */
const longestWalk = 8;

/**
 * A browser reduced to forms and cookies: it visits the real pages and follows no redirect by itself. Its POSTs have
 * the headers of a form on a page of this site.
 */
export class BrowserClient {
  readonly base: string;
  readonly #origin: string;
  readonly #headers: OutgoingHttpHeaders;
  readonly #cookies = new Map<string, Cookie>();

  /**
   * `origin` is the site's address in the browser, `base` the server that answers, `headers` what a proxy between them
   * adds.
   */
  constructor({
    base = baseUrl,
    origin = baseUrl,
    headers = {},
  }: {
    base?: string;
    origin?: string;
    headers?: OutgoingHttpHeaders;
  } = {}) {
    this.#headers = headers;
    this.base = base;
    this.#origin = origin;
  }

  async get(path: string, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    const answer = await send("GET", path, {
      base: this.base,
      headers: { ...this.#headers, ...this.cookieHeader(path), ...headers },
    });
    this.#keepCookies(answer, path);
    return answer;
  }

  /** A header of `undefined` removes one that a browser would send. */
  async post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: OutgoingHttpHeaders = {},
  ): Promise<Answer> {
    const own = { Origin: this.#origin, "Sec-Fetch-Site": "same-origin" };
    const said = { ...own, ...this.#headers, ...this.cookieHeader(path), ...headers };
    const sent = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
    const answer = await postForm(path, fields, { base: this.base, headers: sent });
    this.#keepCookies(answer, path);
    // RFC 9700 §4.12: after a 307 a browser posts the form, including the password, to the next address.
    if (answer.status >= 300 && answer.status < 400 && answer.status !== 303) fail(answer, `POST ${path}`);
    return answer;
  }

  /** Reads the form that posts to `action` on the page at `path`. */
  async openForm(path: string, action: string): Promise<HtmlForm> {
    const page = await this.get(path);
    return findForm(page, action) ?? fail(page, `no form to ${action} at ${path}`);
  }

  submit(form: HtmlForm, fields: Readonly<Record<string, string>>, headers?: OutgoingHttpHeaders): Promise<Answer> {
    return this.post(form.action, { ...form.fields, ...fields }, headers);
  }

  /**
   * Submits a form whose action is a server action, like a browser without JavaScript. `reader` is the browser that
   * opened the page with the form.
   */
  async submitAction(
    path: string,
    fields: Readonly<Record<string, string | string[]>>,
    reader: Pick<BrowserClient, "get"> = this,
  ): Promise<Answer> {
    const page = await reader.get(path);
    const form = readForms(page.text).find(({ fields: hidden }) =>
      Object.keys(hidden).some((name) => name.startsWith("$ACTION_")),
    );
    if (!form) return fail(page, `no form with an action at ${path}`);
    const data = new FormData();
    for (const [name, value] of Object.entries(form.fields)) {
      const isHidden = name.startsWith("$ACTION") || name === "csrf";
      if (isHidden && !(name in fields)) data.append(name, value);
    }
    for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) data.append(name, value);
    const encoded = new Response(data);
    const headers = { "Content-Type": encoded.headers.get("content-type") ?? "", Origin: this.#origin };
    const body = Buffer.from(await encoded.arrayBuffer());
    const answer = await send("POST", path, {
      base: this.base,
      headers: { ...headers, ...this.#headers, ...this.cookieHeader(path) },
      body,
    });
    this.#keepCookies(answer, path);
    return answer;
  }

  async signIn(user: TestUser): Promise<void> {
    const form = await this.openForm("/login", "/login/submit");
    const answer = await this.submit(form, { identifier: user.username, password: user.password });
    if (answer.status !== 303 || answer.headers.location !== "/") fail(answer, "not signed in");
  }

  async signOut(): Promise<void> {
    const form = await this.openForm("/", "/logout/submit");
    await this.submit(form, {});
  }

  /**
   * Sends an authorization request, signs in and consents if asked, and returns where the browser is sent; what a form
   * would post there (Form Post Response Mode §2) is in the query.
   */
  async authorize(
    parameters: AuthorizationParameters,
    { user, decision = "allow" }: { user?: TestUser; decision?: Decision } = {},
  ): Promise<URL> {
    let answer = await this.get(authorizePath(parameters));
    for (let step = 0; step < longestWalk; step++) {
      const location = redirectOf(answer);
      const posted = readForms(answer.text).find(({ action }) => action.startsWith("http"));
      if (posted) return keepCode(new URL(`${posted.action}?${new URLSearchParams(posted.fields)}`));
      if (location?.startsWith("http") || (location && !location.startsWith("/"))) return keepCode(new URL(location));
      answer = location ? await this.get(location) : await this.#answerPage(answer, user, decision);
    }
    return fail(answer, "an authorization request that leads nowhere");
  }

  /** Like `authorize`, for a request that ends with a code. */
  async obtainCode(
    parameters: AuthorizationParameters,
    options: { user?: TestUser; decision?: Decision } = {},
  ): Promise<string> {
    const location = await this.authorize(parameters, options);
    const code = location.searchParams.get("code");
    if (code === null) throw new Error(`No code: ${location.searchParams.get("error")}`);
    return code;
  }

  #answerPage(page: Answer, user: TestUser | undefined, decision: Decision): Promise<Answer> {
    const login = findForm(page, "/login/submit");
    if (login && user) return this.submit(login, { identifier: user.username, password: user.password });
    const consent = findForm(page, "/consent/submit");
    if (consent) return this.submit(consent, { decision });
    return fail(page, login ? "asked to sign in" : "neither a redirect nor a form");
  }

  /** The value of a cookie of the server. */
  cookie(cookie: HostCookie): string | undefined {
    return this.#cookies.get(hostCookieName(cookie, this.#origin))?.value;
  }

  setCookie(cookie: HostCookie, value: string): void {
    this.#cookies.set(hostCookieName(cookie, this.#origin), { value, path: "/" });
  }

  /** Copies all cookies of the other, under the same names. */
  copyCookies(other: BrowserClient): void {
    for (const [name, cookie] of other.#cookies) this.#cookies.set(name, cookie);
  }

  /** As another server of the domain could, under any name. */
  plantCookie(name: string, value: string, path = "/"): void {
    this.#cookies.set(name, { value, path });
  }

  /** All its cookies, by name. */
  get jar(): ReadonlyMap<string, Readonly<Cookie>> {
    return this.#cookies;
  }

  /** The Cookie header that it sends for `path`. */
  cookieHeader(path: string): OutgoingHttpHeaders {
    const [pathname = ""] = path.split("?");
    const sent = [...this.#cookies].filter(([, cookie]) => matchesPath(pathname, cookie.path));
    return sent.length === 0 ? {} : { Cookie: sent.map(([name, { value }]) => `${name}=${value}`).join("; ") };
  }

  #keepCookies({ headers }: Answer, requestPath: string): void {
    for (const line of headers["set-cookie"] ?? []) {
      const [pair = "", ...attributes] = line.split(/; */);
      const name = pair.slice(0, pair.indexOf("="));
      const value = pair.slice(pair.indexOf("=") + 1);
      const read = (wanted: string) =>
        attributes.find((attribute) => attribute.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
      const isGone = read("max-age") === "0" || new Date(read("expires") ?? "9999-01-01") <= new Date();
      if (isGone) this.#cookies.delete(name);
      else this.#cookies.set(name, { value, path: read("path") ?? requestPath });
      if (!isGone && !name.endsWith("theme")) noteSecret(value);
    }
  }
}

export function authorizePath(parameters: AuthorizationParameters): string {
  return `/o/authorize/?${new URLSearchParams(parameters)}`;
}

export function findForm(page: Answer, action: string): HtmlForm | undefined {
  return readForms(page.text).find((form) => form.action.split("?")[0] === action);
}

/** Where an answer redirects the browser. */
function redirectOf(answer: Answer): string | undefined {
  return answer.status >= 300 && answer.status < 400 ? answer.headers.location : undefined;
}

function keepCode(location: URL): URL {
  noteSecret(location.searchParams.get("code") ?? "");
  return location;
}

function fail(answer: Answer, what: string): never {
  const heading = /<h1[^>]*>(.*?)<\/h1>/s.exec(answer.text)?.[1]?.replace(/<[^>]*>/g, "") ?? "";
  throw new Error(`${what}: ${answer.status} ${answer.headers.location?.split("?")[0] ?? heading}`);
}

function matchesPath(pathname: string, cookiePath: string): boolean {
  if (cookiePath === "/" || pathname === cookiePath) return true;
  return pathname.startsWith(cookiePath.endsWith("/") ? cookiePath : `${cookiePath}/`);
}
