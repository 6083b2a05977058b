import { portalPost } from "@/lib/http/forms/portal-route";
import { redirectAfterSignOut } from "@/lib/http/pages/signed-out";
import { devicePath, signInPath } from "@/lib/http/paths";
import { signOut } from "@/lib/http/session/sign-out";
import { keepUiLocales } from "@/lib/http/ui-locales";
import { getLocale } from "@/lib/messages/request-locale";

/** "Use another account": the code was entered by one user, so the next one has to enter it again, prefilled. */
export const POST = portalPost(async (form, request) => {
  form.refuseOthersThan(["csrf", "user_code"]);
  const locale = await getLocale();
  const ended = await signOut(request.headers);
  const code = new URLSearchParams({ user_code: form.get("user_code") ?? "" });
  const next = await keepUiLocales(`${devicePath}?${code}`);
  return redirectAfterSignOut(ended, await keepUiLocales(signInPath(next)), locale);
});
