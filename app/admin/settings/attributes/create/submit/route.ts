import { getCurrentSession } from "@/lib/auth/current-session";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { attributePath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { createAttribute } from "@/lib/services/attributes/manage-attributes";
import { readTyped, toInput, toType } from "../../_components/read-attribute";

export const POST = portalPost(async (form, request) => {
  const context = serviceContext(await getCurrentSession(), request.headers);
  const page = "/admin/settings/attributes/create";
  const values = readTyped(form);
  return submitForm({ page, rejected: `${page}/?rejected`, values }, async () => {
    const { id } = await createAttribute(context, { ...toInput(values), type: toType(values) });
    await setNotice(`/admin/settings/attributes/${id}`, "created");
    return attributePath(id);
  });
});
