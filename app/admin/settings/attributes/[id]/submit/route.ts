import { getCurrentSession } from "@/lib/auth/current-session";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { attributePath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { getAttribute } from "@/lib/services/attributes/list-attributes";
import { updateAttribute } from "@/lib/services/attributes/manage-attributes";
import { NotFoundError } from "@/lib/services/errors";
import { attributeSections, readTyped, toSentInput } from "../../_components/read-attribute";

/** Saves one section; what the others have stays as it is. */
export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  const section = attributeSections.find((name) => name === form.get("section"));
  if (!section) throw new NotFoundError("section");
  await getAttribute(context, { id });
  const values = readTyped(form);
  const page = `/admin/settings/attributes/${id}`;
  return submitForm({ page, rejected: `${page}/?rejected=${section}`, values }, async () => {
    await updateAttribute(context, { id, ...toSentInput(values) });
    await setNotice(page, section);
    return `${attributePath(id)}#${section}`;
  });
});
