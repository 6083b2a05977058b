import { getCurrentSession } from "@/lib/auth/current-session";
import { toErrorPage } from "@/lib/http/pages/error-page";
import { confirmPasswordPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { streamText } from "@/lib/http/stream-text";
import { listAttributes } from "@/lib/services/attributes/list-attributes";
import { PasswordConfirmationError } from "@/lib/services/errors";
import { exportAllUsers } from "@/lib/services/users/transfer/export-users";
import { type UserFileFormat, writeUserFile } from "@/lib/services/users/transfer/write-user-file";

const types: Readonly<Record<UserFileFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  json: "application/json",
};

/** All users as a file, which is sent while it is written. */
export async function GET(request: Request): Promise<Response> {
  try {
    const context = serviceContext(await getCurrentSession(), request.headers);
    const query = new URL(request.url).searchParams;
    const format: UserFileFormat = query.get("format") === "json" ? "json" : "csv";
    const hashes = query.get("hashes") === "1";
    const pages = exportAllUsers(context, hashes);
    // Read before the answer begins: what is refused gets its page.
    const first = await pages.next();
    const attributes = (await listAttributes(context)).map(({ name }) => name);
    return new Response(streamText(writeUserFile(follow(first, pages), { format, hashes, attributes })), {
      headers: {
        "Content-Type": types[format],
        "Content-Disposition": `attachment; filename="users.${format}"`,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
      },
    });
  } catch (error) {
    if (error instanceof PasswordConfirmationError) return seeOther(confirmPasswordPath("/admin/users/export/"));
    return toErrorPage(error, request);
  }
}

async function* follow<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  if (!first.done) yield first.value;
  yield* rest;
}
