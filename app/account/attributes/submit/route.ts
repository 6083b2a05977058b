import { readValues } from "@/app/_components/attributes/attribute-text";
import { getCurrentSession } from "@/lib/auth/current-session";
import { clearFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { setAccountNotice } from "@/lib/http/pages/account-notice";
import { serviceContext } from "@/lib/http/service-context";
import { getOwnAttributes, setOwnAttributes } from "@/lib/services/attributes/own-attributes";

export const POST = portalPost(async (form, request) => {
  const context = serviceContext(await getCurrentSession(), request.headers);
  const sent = readValues(form, await getOwnAttributes(context));
  const values = Object.fromEntries(sent.map(({ id, typed }) => [id, typed]));
  const page = "/account/attributes";
  return submitForm({ page, rejected: `${page}/?rejected`, values }, async () => {
    await setOwnAttributes(context, { values: sent.map(({ id, value }) => ({ attributeId: id, value })) });
    await clearFormFlash(page);
    await setAccountNotice("attributes-saved");
    return "/account/#attributes";
  });
});
