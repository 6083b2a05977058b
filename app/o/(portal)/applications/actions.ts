"use server";

import { type FormState, readTexts, runFormAction } from "@/lib/http/forms/form-action";
import { setSecretFlash } from "@/lib/http/forms/secret-flash";
import { applicationPath } from "@/lib/http/paths";
import { registerApplication } from "@/lib/services/applications/register-application";
import { updateApplication } from "@/lib/services/applications/update-application";
import { toApplicationInput } from "./_components/form/application-input";
import { readApplicationValues } from "./_components/form/application-values";
import { toEndedQuery } from "./[id]/_components/privilege-alerts";

/** Registers the application of the form and leads to its quick start, which shows the secret for the last time. */
export async function submitRegistration(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async (context) => {
    const values = readApplicationValues((name) => readTexts(form, name));
    const { id, clientSecret } = await registerApplication(context, {
      ...toApplicationInput(values),
      clientId: values.client_id.trim() || undefined,
      clientSecret: values.client_secret.trim() || undefined,
    });
    if (clientSecret) await setSecretFlash({ applicationId: id, label: "First secret", clientSecret });
    return applicationPath(id, "quick-start/");
  });
}

/** Saves the form of the application `id`. */
export async function submitUpdate(id: string, _state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async (context) => {
    const values = readApplicationValues((name) => readTexts(form, name));
    const ended = await updateApplication(context, { ...toApplicationInput(values), id });
    return `${applicationPath(id)}${toEndedQuery(ended)}`;
  });
}
