import { getCurrentSession } from "@/lib/auth/current-session";
import { follow, readFormat, sendFile } from "@/lib/http/list-file";
import { toErrorPage } from "@/lib/http/pages/error-page";
import { serviceContext } from "@/lib/http/service-context";
import type { ServiceContext } from "@/lib/services/context";
import { everyPage, type ListFileColumns, writeListFile } from "@/lib/services/lists/write-list-file";

export interface ListFile<Row> {
  /** Without its suffix. */
  name: string;
  columns: ListFileColumns<Row>;
  /** Answers one page. */
  read: (context: ServiceContext, input: { after?: string }) => Promise<{ rows: readonly Row[]; next: string | null }>;
}

/** All rows of a list as a file, in the `format` of the query, which is sent while it is written. */
export function listFileRoute<Row>({ name, columns, read }: ListFile<Row>) {
  return async (request: Request): Promise<Response> => {
    try {
      const context = serviceContext(await getCurrentSession(), request.headers);
      const format = readFormat(request);
      const pages = everyPage((after) => read(context, after === undefined ? {} : { after }));
      // Read before the answer begins: what is refused gets its page.
      const first = await pages.next();
      return sendFile(name, format, writeListFile(follow(first, pages), format, columns));
    } catch (error) {
      return toErrorPage(error, request);
    }
  };
}
