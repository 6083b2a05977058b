import { TooManyAttemptsError } from "@/lib/auth/sign-in-throttle";
import { clearFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { serviceContext } from "@/lib/http/service-context";
import { signIn } from "@/lib/http/session/sign-in";
import { QueueBusyError } from "@/lib/limits/fair-queue";
import { ValidationError } from "@/lib/services/errors";
import { createFirstAdministrator } from "@/lib/services/setup/create-first-administrator";

export const POST = portalPost(async (form, request, { params }: { params: Promise<{ token: string }> }) => {
  const { token } = await params;
  const path = `/setup/${encodeURIComponent(token)}`;
  const [username = "", email = "", password = ""] = ["username", "email", "password"].map((name) => form.get(name));
  return submitForm({ page: path, rejected: path, values: { username, email } }, async () => {
    if (password !== (form.get("password_again") ?? "")) {
      throw new ValidationError({ password_again: ["The two passwords are not the same."] });
    }
    const context = { ...serviceContext(null, request.headers), signal: request.signal };
    await createFirstAdministrator(context, token, { username, email, password });
    await clearFormFlash(path);
    return signInAtOnce({ identifier: username, password }, request);
  });
});

/** The account exists by now, and the link is used up: what is left to do can be done at the sign-in page. */
async function signInAtOnce(credentials: { identifier: string; password: string }, request: Request): Promise<string> {
  try {
    await signIn(credentials, request.headers);
    return "/";
  } catch (error) {
    if (error instanceof QueueBusyError || error instanceof TooManyAttemptsError) return "/login";
    throw error;
  }
}
