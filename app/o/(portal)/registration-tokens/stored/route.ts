import { portalPost } from "@/lib/http/forms/portal-route";
import { clearRegistrationTokenFlash } from "@/lib/http/forms/registration-token-flash";
import { registrationTokensPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";

/** "I have stored it": deletes the only copy, in this browser's cookie. */
export const POST = portalPost(async () => {
  await clearRegistrationTokenFlash();
  return seeOther(registrationTokensPath);
});
