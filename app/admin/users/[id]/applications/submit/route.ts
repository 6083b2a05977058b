import { setNotice } from "@/lib/http/forms/notice";
import { userPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { revokeUserApplication } from "@/lib/services/users/manage/user-applications";
import { userPost } from "../../_components/user-route";

export const POST = userPost(async (form, { id, page, context }) => {
  await revokeUserApplication(context, { id, applicationId: form.get("application_id") ?? "" });
  await setNotice(page, "revoked");
  return seeOther(userPath(id, "applications/"));
});
