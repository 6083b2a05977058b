"use server";

import { type FormState, readTexts, runFormAction } from "@/lib/http/forms/form-action";
import { formPlaces } from "@/lib/http/forms/form-places";
import { apiPath } from "@/lib/http/paths";
import { createApi } from "@/lib/services/apis/create-api";
import { updateApi } from "@/lib/services/apis/update-api";
import { readApiValues, toApiInput } from "./_components/api-values";

export async function submitNewApi(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, formPlaces.newApi, async (context) => {
    const id = await createApi(context, toApiInput(readApiValues((name) => readTexts(form, name))));
    return apiPath(id);
  });
}

/** Saves the form of the API `id`. */
export async function submitApi(id: string, _state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, formPlaces.api(id), async (context) => {
    await updateApi(context, { ...toApiInput(readApiValues((name) => readTexts(form, name))), id });
    return apiPath(id);
  });
}
