import { toLocalPath } from "@/lib/http/forms/local-path";
import { seeOther } from "@/lib/http/responses";

/** The address at which the article's Django signs users in; links and bookmarks to it keep working. */
export function GET(request: Request): Response {
  const next = toLocalPath(new URL(request.url).searchParams.get("next"));
  return seeOther(next ? `/login?${new URLSearchParams({ next })}` : "/login");
}
