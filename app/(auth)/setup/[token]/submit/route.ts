import { getBrowserId } from "@/lib/auth/browser";
import { getCurrentSession } from "@/lib/auth/current-session";
import { clearFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { serviceContext } from "@/lib/http/service-context";
import { keepSignedIn } from "@/lib/http/session/sign-in";
import { problem } from "@/lib/messages/problem";
import { ValidationError } from "@/lib/services/errors";
import { createFirstAdministrator } from "@/lib/services/setup/create-first-administrator";

export const POST = portalPost(async (form, request, { params }: { params: Promise<{ token: string }> }) => {
  const { token } = await params;
  const path = `/setup/${encodeURIComponent(token)}`;
  const [username = "", email = "", password = ""] = ["username", "email", "password"].map((name) => form.get(name));
  return submitForm({ page: path, rejected: path, values: { username, email } }, async () => {
    if (password !== (form.get("password_again") ?? "")) {
      throw new ValidationError({ password_again: [problem("problems.password.different")] });
    }
    const context = { ...serviceContext(null, request.headers), signal: request.signal };
    const browser = { browserId: await getBrowserId(), findPreviousSession: getCurrentSession };
    const signedIn = await createFirstAdministrator(context, { token, username, email, password }, browser);
    await clearFormFlash(path);
    await keepSignedIn(signedIn);
    return "/";
  });
});
