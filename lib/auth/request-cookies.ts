import "server-only";
import { cookies } from "next/headers";

type CookieStore = Awaited<ReturnType<typeof cookies>>;

/** The cookies of this request, to be read: they are set in lib/http. Next.js makes one object for each request. */
export async function requestCookies(): Promise<Pick<CookieStore, "get" | "has">> {
  return cookies();
}
