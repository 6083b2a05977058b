import { getBrowserId } from "@/lib/auth/browser";
import { getCurrentSession } from "@/lib/auth/current-session";
import { clearFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { invitationPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { keepSignedIn } from "@/lib/http/session/sign-in";
import { defaultLocale, isOfferedLocale } from "@/lib/messages/locales";
import { problem } from "@/lib/messages/problem";
import { getLocale } from "@/lib/messages/request-locale";
import { NotFoundError, ValidationError } from "@/lib/services/errors";
import { acceptInvitation } from "@/lib/services/invitations/accept-invitation";

export const POST = portalPost(async (form, request, { params }: { params: Promise<{ token: string }> }) => {
  const { token } = await params;
  const path = invitationPath(token);
  const [username = "", password = ""] = ["username", "password"].map((name) => form.get(name));
  try {
    return await submitForm({ page: path, rejected: path, values: { username } }, async () => {
      if (password !== (form.get("password_again") ?? "")) {
        throw new ValidationError({ password_again: [problem("problems.password.different")] });
      }
      const context = { ...serviceContext(null, request.headers), signal: request.signal };
      const browser = { browserId: await getBrowserId(), findPreviousSession: getCurrentSession };
      const shown = await getLocale();
      const locale = isOfferedLocale(shown) ? shown : defaultLocale;
      const signedIn = await acceptInvitation(context, { token, username, password, locale }, browser);
      await clearFormFlash(path);
      await keepSignedIn(signedIn);
      return "/";
    });
  } catch (error) {
    // The page says what a link that can't be used deserves.
    if (error instanceof NotFoundError) return seeOther(path);
    throw error;
  }
});
