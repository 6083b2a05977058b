import { getCurrentSession } from "@/lib/auth/current-session";
import { clearFormFlash } from "@/lib/http/forms/form-flash";
import { toLocalPath } from "@/lib/http/forms/local-path";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { confirmPasswordPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { keepSession } from "@/lib/http/session/session-cookie";
import { confirmPassword } from "@/lib/services/sessions/confirm-password";

export const POST = portalPost(async (form, request) => {
  const next = toLocalPath(form.get("next")) ?? "/";
  const [page, again] = ["/login/confirm", confirmPasswordPath(next)];
  return submitForm({ page, rejected: `${again}&rejected=password`, again, values: {} }, async () => {
    const context = { ...serviceContext(await getCurrentSession(), request.headers), signal: request.signal };
    await keepSession(await confirmPassword(context, { currentPassword: form.get("current_password") ?? "" }));
    await clearFormFlash(page);
    return next;
  });
});
