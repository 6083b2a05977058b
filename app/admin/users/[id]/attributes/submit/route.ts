import { readValues } from "@/app/_components/attributes/attribute-text";
import { setNotice } from "@/lib/http/forms/notice";
import { submitForm } from "@/lib/http/forms/submit-form";
import { userPath } from "@/lib/http/paths";
import { getUserAttributes, setUserAttributes } from "@/lib/services/attributes/user-attributes";
import { userPost } from "../../_components/user-route";

/** A section of the profile, with the values of attributes. */
export const POST = userPost(async (form, { id, page, context }) => {
  const sent = readValues(form, await getUserAttributes(context, { id }));
  const values = Object.fromEntries(sent.map((one) => [one.id, one.typed]));
  return submitForm({ page, rejected: `${page}/?rejected=attributes#attributes`, values }, async () => {
    const stored = sent.map((one) => ({ attributeId: one.id, value: one.value }));
    await setUserAttributes(context, { id, values: stored });
    await setNotice(page, "attributes");
    return `${userPath(id)}#attributes`;
  });
});
