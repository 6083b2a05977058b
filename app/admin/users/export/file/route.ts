import { getCurrentSession } from "@/lib/auth/current-session";
import { follow, readFormat, sendFile } from "@/lib/http/list-file";
import { toErrorPage } from "@/lib/http/pages/error-page";
import { confirmPasswordPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { listAttributes } from "@/lib/services/attributes/list-attributes";
import { PasswordConfirmationError } from "@/lib/services/errors";
import { exportAllUsers } from "@/lib/services/users/transfer/export-users";
import { writeUserFile } from "@/lib/services/users/transfer/write-user-file";

/** All users as a file, which is sent while it is written. */
export async function GET(request: Request): Promise<Response> {
  try {
    const context = serviceContext(await getCurrentSession(), request.headers);
    const format = readFormat(request);
    const hashes = new URL(request.url).searchParams.get("hashes") === "1";
    const pages = exportAllUsers(context, hashes);
    // Read before the answer begins: what is refused gets its page.
    const first = await pages.next();
    const attributes = (await listAttributes(context)).map(({ name }) => name);
    return sendFile("users", format, writeUserFile(follow(first, pages), { format, hashes, attributes }));
  } catch (error) {
    if (error instanceof PasswordConfirmationError) return seeOther(confirmPasswordPath("/admin/users/export/"));
    return toErrorPage(error, request);
  }
}
