import "server-only";
import { cookies } from "next/headers";

type CookieStore = Awaited<ReturnType<typeof cookies>>;

/** The cookies of this request, read-only: they are set in lib/http. Next.js creates one object per request. */
export async function requestCookies(): Promise<Pick<CookieStore, "get" | "has">> {
  return cookies();
}
