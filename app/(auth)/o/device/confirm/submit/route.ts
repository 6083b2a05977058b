import { getBrowserId } from "@/lib/auth/browser";
import { getCurrentSession } from "@/lib/auth/current-session";
import { clientOrigin } from "@/lib/http/client-origin";
import { portalPost } from "@/lib/http/forms/portal-route";
import { confirmationPath, readDeviceClaim, setDeviceAnswer } from "@/lib/http/pages/device";
import { toOAuthSession } from "@/lib/http/pages/oauth-session";
import { devicePath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { keepUiLocales } from "@/lib/http/ui-locales";
import { getLocale } from "@/lib/messages/request-locale";
import { decideDevice } from "@/lib/oauth/device/device-verification";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import { oauthServer } from "@/lib/oauth-server";
import { findApplicationNames } from "@/lib/services/applications/client-presentation";
import { NotFoundError } from "@/lib/services/errors";

const decisions = new Map([
  ["allow", "approved"],
  ["deny", "denied"],
] as const);

export const POST = portalPost(async (form, request) => {
  form.refuseOthersThan(["csrf", "verification", "user_code", "decision"]);
  const claim = readDeviceClaim((name) => form.get(name));
  const decision = decisions.get(form.get("decision") as "allow" | "deny");
  if (!claim || !decision) throw new InvalidRequestError("The form is incomplete.");
  const session = await getCurrentSession();
  // A user who has been signed out meanwhile is sent to sign in from there.
  if (!session) return seeOther(await keepUiLocales(confirmationPath(claim)));
  const application = await decideDevice(oauthServer({ ...clientOrigin(request.headers), actorId: session.user.id }), {
    claim,
    browserId: await getBrowserId(),
    session: toOAuthSession(session),
    decision,
  });
  if (!application) throw new NotFoundError("deviceRequest");
  const names = await findApplicationNames([application.id], await getLocale());
  await setDeviceAnswer(names.get(application.id) ?? application.name, application.decision);
  return seeOther(await keepUiLocales(`${devicePath}/done`));
});
