import { NextRequest } from "next/server";
import type NextAuth from "next-auth";

type Handlers = ReturnType<typeof NextAuth>["handlers"];

/**
 * A browser at an application that signs users in with next-auth: it keeps that application's cookies and follows
 * nothing by itself. The handlers run in this process, as they would in a route of the application.
 */
export class NextAuthVisitor {
  readonly #handlers: Handlers;
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();

  constructor(handlers: Handlers, origin: string) {
    this.#handlers = handlers;
    this.#origin = origin;
  }

  get(path: string): Promise<Response> {
    return this.#send("GET", path);
  }

  async post(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
    const { csrfToken } = await (await this.get("/api/auth/csrf")).json();
    return this.#send("POST", path, new URLSearchParams({ csrfToken, ...fields }));
  }

  /** The user that the application recognizes; null if signed out. */
  async session(): Promise<Record<string, unknown> | null> {
    return (await this.get("/api/auth/session")).json();
  }

  async #send(method: "GET" | "POST", path: string, body?: URLSearchParams): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { cookie, ...(body ? { "content-type": "application/x-www-form-urlencoded" } : {}) };
    const request = new NextRequest(new URL(path, this.#origin), {
      method,
      headers,
      ...(body ? { body: body.toString() } : {}),
    });
    const response = await this.#handlers[method](request);
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(line: string): void {
    const [pair = ""] = line.split(";", 1);
    const separator = pair.indexOf("=");
    const [name, value] = [pair.slice(0, separator), pair.slice(separator + 1)];
    if (value === "" || /max-age=0/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}
