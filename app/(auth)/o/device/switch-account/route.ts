import { portalPost } from "@/lib/http/forms/portal-route";
import { redirectAfterSignOut } from "@/lib/http/pages/signed-out";
import { devicePath } from "@/lib/http/paths";
import { signOut } from "@/lib/http/session/sign-out";

/** "Not you?": the code was entered by one user, so the next one has to enter it again, prefilled. */
export const POST = portalPost(async (form, request) => {
  form.refuseOthersThan(["csrf", "user_code"]);
  const ended = await signOut(request.headers);
  const next = `${devicePath}?${new URLSearchParams({ user_code: form.get("user_code") ?? "" })}`;
  return redirectAfterSignOut(ended, `/login?${new URLSearchParams({ next })}`);
});
