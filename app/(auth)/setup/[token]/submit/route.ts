import { TooManyAttemptsError } from "@/lib/auth/sign-in-throttle";
import { clearFormFlash, setFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { notNowResponse } from "@/lib/http/pages/not-now";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { signIn } from "@/lib/http/session/sign-in";
import { QueueBusyError } from "@/lib/limits/fair-queue";
import { ValidationError } from "@/lib/services/errors";
import { createFirstAdministrator } from "@/lib/services/setup/create-first-administrator";

export const POST = portalPost(async (form, request, { params }: { params: Promise<{ token: string }> }) => {
  const { token } = await params;
  const path = `/setup/${encodeURIComponent(token)}`;
  const [username = "", email = "", password = ""] = ["username", "email", "password"].map((name) => form.get(name));
  try {
    if (password !== (form.get("password_again") ?? "")) {
      throw new ValidationError({ password_again: ["The two passwords are not the same."] });
    }
    const context = { ...serviceContext(null, request.headers), signal: request.signal };
    await createFirstAdministrator(context, token, { username, email, password });
  } catch (error) {
    if (error instanceof ValidationError) {
      await setFormFlash(path, error, { username, email });
      return seeOther(path);
    }
    return notNowResponse(error, async () => {
      await setFormFlash(path, new ValidationError({}), { username, email });
      return { href: path, label: "Back to the form" };
    });
  }
  await clearFormFlash(path);
  try {
    await signIn({ identifier: username, password }, request.headers);
  } catch (error) {
    // The account exists by now, and the link is used up: what is left to do can be done at the sign-in page.
    if (!(error instanceof QueueBusyError || error instanceof TooManyAttemptsError)) throw error;
    return seeOther("/login");
  }
  return seeOther("/");
});
