import { getCurrentSession } from "@/lib/auth/current-session";
import { toErrorPage } from "@/lib/http/pages/error-page";
import { serviceContext } from "@/lib/http/service-context";
import { getApplication } from "@/lib/services/applications/get-application";
import { NotFoundError } from "@/lib/services/errors";
import { loadQuickStarts } from "../_components/load-quick-starts";

/** A file of a quick start, to be saved. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const context = serviceContext(await getCurrentSession(), request.headers);
    const application = await getApplication(context, { id: (await params).id });
    const query = new URL(request.url).searchParams;
    const { programs } = await loadQuickStarts({ context, application });
    const program = programs.find(({ id }) => id === query.get("start"));
    const file = program?.files.find(({ path }) => path === query.get("path"));
    if (!file) throw new NotFoundError("application");
    return new Response(file.code, {
      headers: {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Disposition": `attachment; filename="${file.path.split("/").at(-1)}"`,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
      },
    });
  } catch (error) {
    return toErrorPage(error, request);
  }
}
