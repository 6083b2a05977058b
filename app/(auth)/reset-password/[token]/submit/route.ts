import { clearFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { resetPasswordPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { problem } from "@/lib/messages/problem";
import { NotFoundError, ValidationError } from "@/lib/services/errors";
import { resetPasswordByLink } from "@/lib/services/password-reset/reset-password-by-link";

export const POST = portalPost(async (form, request, { params }: { params: Promise<{ token: string }> }) => {
  const { token } = await params;
  const path = resetPasswordPath(token);
  const password = form.get("password") ?? "";
  try {
    return await submitForm({ page: path, rejected: path, values: {} }, async () => {
      if (password !== (form.get("password_again") ?? "")) {
        throw new ValidationError({ password_again: [problem("problems.password.different")] });
      }
      const context = { ...serviceContext(null, request.headers), signal: request.signal };
      await resetPasswordByLink(context, { token, password });
      await clearFormFlash(path);
      return "/reset-password/done";
    });
  } catch (error) {
    // The page says what a link that can't be used deserves.
    if (error instanceof NotFoundError) return seeOther(path);
    throw error;
  }
});
