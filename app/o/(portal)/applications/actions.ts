"use server";

import { type FormState, readText, readTexts, runFormAction } from "@/lib/http/forms/form-action";
import { formPlaces } from "@/lib/http/forms/form-places";
import { setNotice } from "@/lib/http/forms/notice";
import { setSecretFlash } from "@/lib/http/forms/secret-flash";
import { applicationPath } from "@/lib/http/paths";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import { findTemplate } from "@/lib/quick-starts/templates/templates";
import { getApplication } from "@/lib/services/applications/get-application";
import { registerApplication } from "@/lib/services/applications/register-application";
import { updateApplication } from "@/lib/services/applications/update-application";
import { toApplicationInput } from "./_components/form/application-input";
import { readApplicationValues, toApplicationValues } from "./_components/form/application-values";
import { findSection, listChangedSettings, withSection } from "./_components/sections/setting-sections";
import { sectionPlace, tabOfSection, tabPaths } from "./[id]/_components/application-tabs";
import { toEndedQuery } from "./[id]/_components/privilege-alerts";

/** Registers the application of the form and leads to its quick start, which shows the secret for the last time. */
export async function submitRegistration(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, formPlaces.newApplication, async (context) => {
    const values = readApplicationValues((name) => readTexts(form, name));
    const { id, clientSecret } = await registerApplication(context, {
      ...toApplicationInput(values),
      clientId: values.client_id.trim() || undefined,
      clientSecret: values.client_secret.trim() || undefined,
    });
    if (clientSecret) await setSecretFlash({ applicationId: id, label: "First secret", clientSecret });
    const template = findTemplate(readText(form, "template"));
    return applicationPath(id, `quick-start/${template ? `?start=${template}` : ""}`);
  });
}

/** Saves one section of the settings of the application `id`; the others stay as they are stored. */
export async function submitSection(id: string, name: string, _state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, sectionPlace(id, name), async (context) => {
    const section = findSection(name);
    if (!section) throw new InvalidRequestError("The form has a section that does not belong to it.");
    const application = await getApplication(context, { id }, "applications:write");
    const stored = toApplicationValues(application);
    const input = toApplicationInput(withSection(stored, section, (field) => readTexts(form, field)));
    const only = listChangedSettings(section, toApplicationInput(stored), input);
    const ended = await updateApplication(context, { ...input, id, only });
    await setNotice(`/o/applications/${application.id}`, section);
    return `${applicationPath(id, tabPaths[tabOfSection[section]])}${toEndedQuery(ended)}#${section}`;
  });
}

/** Saves the form of the application `id`. */
export async function submitUpdate(id: string, _state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, formPlaces.application(id), async (context) => {
    const values = readApplicationValues((name) => readTexts(form, name));
    const ended = await updateApplication(context, { ...toApplicationInput(values), id });
    return `${applicationPath(id)}${toEndedQuery(ended)}`;
  });
}
