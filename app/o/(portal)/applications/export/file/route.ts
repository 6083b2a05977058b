import { getCurrentSession } from "@/lib/auth/current-session";
import { follow, readFormat, sendFile } from "@/lib/http/list-file";
import { toErrorPage } from "@/lib/http/pages/error-page";
import { serviceContext } from "@/lib/http/service-context";
import { exportAllApplications } from "@/lib/services/applications/manage/export-applications";
import { writeApplicationFile } from "@/lib/services/applications/manage/write-application-file";
import { readApplicationsQuery } from "../../_components/list/list-filters";

/** The applications that the list shows with this search and filters, as a file that is sent while it is written. */
export async function GET(request: Request): Promise<Response> {
  try {
    const context = serviceContext(await getCurrentSession(), request.headers);
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const { sort: _sort, after: _after, ...asked } = readApplicationsQuery(query).input;
    const pages = exportAllApplications(context, asked);
    // Read before the answer begins: what is refused gets its page.
    const first = await pages.next();
    const format = readFormat(request);
    return sendFile("applications", format, writeApplicationFile(follow(first, pages), format));
  } catch (error) {
    return toErrorPage(error, request);
  }
}
