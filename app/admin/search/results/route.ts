import { findPaletteResults } from "@/app/_components/search/palette-results";
import { requireConsole } from "@/app/_components/search/require-console";
import { getCurrentSession } from "@/lib/auth/current-session";
import { toErrorPage } from "@/lib/http/pages/error-page";
import { serviceContext } from "@/lib/http/service-context";
import { ForbiddenError } from "@/lib/services/errors";

/** `PaletteResults` for `q`. */
export async function GET(request: Request): Promise<Response> {
  try {
    const context = serviceContext(await getCurrentSession(), request.headers);
    requireConsole(context);
    const results = await findPaletteResults(context, new URL(request.url).searchParams.get("q") ?? "");
    return Response.json(results, { headers: { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" } });
  } catch (error) {
    if (error instanceof ForbiddenError) return new Response(null, { status: 404 });
    return toErrorPage(error, request);
  }
}
