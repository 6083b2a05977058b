import { getBrowserId } from "@/lib/auth/browser";
import { getCurrentSession } from "@/lib/auth/current-session";
import { clientOrigin } from "@/lib/http/client-origin";
import { clearFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { confirmationPath, tooManyCodesPage } from "@/lib/http/pages/device";
import { toOAuthSession } from "@/lib/http/pages/oauth-session";
import { devicePath } from "@/lib/http/paths";
import { keepUiLocales } from "@/lib/http/ui-locales";
import { problem } from "@/lib/messages/problem";
import { toRateLimitNetwork } from "@/lib/network/source-network";
import { enterUserCode } from "@/lib/oauth/device/device-verification";
import { oauthServer } from "@/lib/oauth-server";
import { ValidationError } from "@/lib/services/errors";

export const POST = portalPost(async (form, request) => {
  form.refuseOthersThan(["csrf", "user_code"]);
  const typed = form.get("user_code") ?? "";
  const origin = clientOrigin(request.headers);
  const session = await getCurrentSession();
  const browser = {
    browserId: await getBrowserId(),
    session: session && toOAuthSession(session),
    network: toRateLimitNetwork(origin.ipAddress),
  };
  const rejected = await keepUiLocales(devicePath);
  const sent = { page: devicePath, rejected, values: { user_code: typed }, tooMany: tooManyCodesPage };
  return submitForm(sent, async () => {
    const claim = await enterUserCode(oauthServer(origin), typed, browser);
    if (!claim) throw new ValidationError({ user_code: [problem("problems.userCode")] });
    await clearFormFlash(devicePath);
    return keepUiLocales(confirmationPath(claim));
  });
});
