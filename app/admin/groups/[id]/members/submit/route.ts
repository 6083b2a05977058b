import { bulkParameter } from "@/components/list/bulk-bar";
import { getCurrentSession } from "@/lib/auth/current-session";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { serviceContext } from "@/lib/http/service-context";
import { removeGroupMembers } from "@/lib/services/groups/change-members";

/** Removes the selected members. */
export const POST = portalPost(
  async (form, request, { params }: { params: Promise<{ id: string }> }) => {
    form.refuseOthersThan(["csrf", "action", bulkParameter]);
    const { id } = await params;
    const context = serviceContext(await getCurrentSession(), request.headers);
    const page = `/admin/groups/${id}/members`;
    return submitForm({ page, rejected: `${page}/`, values: {} }, async () => {
      const { removed } = await removeGroupMembers(context, { id, userIds: [...form.getAll(bulkParameter)] });
      if (removed > 0) await setNotice(page, "removed");
      return `${page}/`;
    });
  },
  { repeated: [bulkParameter] },
);
