import { getCurrentSession } from "@/lib/auth/current-session";
import { submitForm } from "@/lib/http/forms/submit-form";
import { uploadPost } from "@/lib/http/forms/upload-route";
import { serviceContext } from "@/lib/http/service-context";
import { requirePermission } from "@/lib/services/context";
import { checkUserFile } from "@/lib/services/users/transfer/pending-import";

const page = "/admin/users/import";

/** Checks a file of users; its report is on the page. The front lets a longer body through here than anywhere else. */
export const POST = uploadPost(async (read, request) => {
  const context = serviceContext(await getCurrentSession(), request.headers);
  requirePermission(context, "users:write");
  return submitForm({ page, rejected: `${page}/?rejected=file`, values: {} }, async () => {
    const { name, content } = await read();
    await checkUserFile(context, { fileName: name, content });
    return `${page}/`;
  });
});
