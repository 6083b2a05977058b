"use server";

import { type FormState, readTexts, runFormAction } from "@/lib/http/forms/form-action";
import { apiPath } from "@/lib/http/paths";
import { createApi } from "@/lib/services/apis/create-api";
import { updateApi } from "@/lib/services/apis/update-api";
import { readApiValues, toApiInput } from "./_components/api-values";

export async function submitNewApi(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async (context) => {
    const id = await createApi(context, toApiInput(readApiValues((name) => readTexts(form, name))));
    return apiPath(id);
  });
}

/** Saves the form of the API `id`. */
export async function submitApi(id: string, _state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async (context) => {
    await updateApi(context, { ...toApiInput(readApiValues((name) => readTexts(form, name))), id });
    return apiPath(id);
  });
}
