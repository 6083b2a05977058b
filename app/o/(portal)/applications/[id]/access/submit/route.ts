import { getCurrentSession } from "@/lib/auth/current-session";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { applicationPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import { setApplicationAccess } from "@/lib/services/applications/application-access";

export const POST = portalPost(
  async (form, request, { params }: { params: Promise<{ id: string }> }) => {
    form.refuseOthersThan(["csrf", "access", "group"]);
    const { id } = await params;
    const access = form.get("access");
    if (access !== "everyone" && access !== "groups") throw new InvalidRequestError("The form is incomplete.");
    const context = serviceContext(await getCurrentSession(), request.headers);
    const page = `${applicationPath(id)}access`;
    const groupIds = [...form.getAll("group")];
    const values = { access, groups: groupIds.join(" ") };
    return submitForm({ page, rejected: `${page}/?rejected`, values }, async () => {
      await setApplicationAccess(context, { id, restricted: access === "groups", groupIds });
      await setNotice(page, "saved");
      return `${page}/`;
    });
  },
  { repeated: ["group"] },
);
