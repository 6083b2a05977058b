import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { setTestCredential } from "@/lib/http/forms/test-credential-flash";
import { applicationPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import {
  startTestSignIn,
  testPrompts,
  testResponseModes,
} from "@/lib/services/applications/test-sign-in/start-test-sign-in";

const fields = ["csrf", "scope", "prompt", "max_age", "login_hint", "response_mode", "credential"];

export const POST = portalPost(
  async (form, request, { params }: { params: Promise<{ id: string }> }) => {
    form.refuseOthersThan(fields);
    const { id } = await params;
    const context = serviceContext(await getCurrentSession(), request.headers);
    const scopes = [...form.getAll("scope")];
    const maxAge = form.get("max_age")?.trim() ?? "";
    const loginHint = form.get("login_hint") ?? "";
    const credential = form.get("credential") ?? "";
    const prompt = oneOf(testPrompts, form.get("prompt"));
    const responseMode = oneOf(testResponseModes, form.get("response_mode"));
    const page = `${applicationPath(id)}test-sign-in`;
    const values = {
      scope: scopes.join(" "),
      prompt,
      max_age: maxAge,
      login_hint: loginHint,
      response_mode: responseMode,
    };
    return submitForm({ page, rejected: `${page}/?rejected`, values }, async () => {
      const started = await startTestSignIn(context, {
        applicationId: id,
        ...{ scopes, prompt, responseMode, loginHint, credential },
        maxAge: maxAge === "" ? null : Number(maxAge),
      });
      if (credential !== "") await setTestCredential(started.id, credential);
      return started.location;
    });
  },
  { repeated: ["scope"] },
);

function oneOf<Value extends string>(values: readonly Value[], sent: string | undefined): Value {
  const found = values.find((value) => value === (sent ?? ""));
  if (found === undefined) throw new InvalidRequestError("The form is incomplete.");
  return found;
}
