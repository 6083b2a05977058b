import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { sendTestMessage } from "@/lib/services/mail/send-test-message";
import { setMailTest } from "../../mail-test-flash";

export const POST = portalPost(async (_form, request) => {
  await setMailTest(await sendTestMessage(serviceContext(await getCurrentSession(), request.headers)));
  return seeOther("/admin/settings/email/#test");
});
