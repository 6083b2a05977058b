import { isTheme, type Theme, themeCookieName } from "@/components/layout/theme";
import { backToReferer } from "@/lib/http/forms/back-to-referer";
import { readFormText } from "@/lib/http/forms/read-form";
import { preferenceCookie, yearInSeconds } from "@/lib/http/preference-cookie";
import { seeOther } from "@/lib/http/responses";
import { OAuthError } from "@/lib/oauth/wire/errors";

/** Stores the chosen theme and returns to the page. It changes nothing else, so it needs no csrf token. */
export async function POST(request: Request): Promise<Response> {
  const site = request.headers.get("sec-fetch-site");
  if (site === "cross-site" || site === "same-site") return refuse(403, "Cross-site request refused.");
  try {
    const values = new URLSearchParams(await readFormText(request)).getAll("theme");
    const theme = values.length === 1 ? values[0] : undefined;
    if (!isTheme(theme)) return refuse(400, "theme must be system, light or dark.");
    const response = seeOther(backToReferer(request.headers.get("referer"), request.headers.get("host")));
    response.headers.set("Set-Cookie", serializeThemeCookie(theme));
    return response;
  } catch (error) {
    if (error instanceof OAuthError) return refuse(error.status, error.description);
    throw error;
  }
}

function refuse(status: number, reason: string): Response {
  return new Response(`${reason}\n`, { status, headers: { "Content-Type": "text/plain; charset=utf-8" } });
}

function serializeThemeCookie(theme: Theme): string {
  const [value, maxAge] = theme === "system" ? (["", 0] as const) : ([theme, yearInSeconds] as const);
  return preferenceCookie(themeCookieName, value, maxAge);
}
