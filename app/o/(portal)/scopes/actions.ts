"use server";

import { type FormState, readTexts, runFormAction } from "@/lib/http/forms/form-action";
import { formPlaces } from "@/lib/http/forms/form-places";
import { createScope } from "@/lib/services/scopes/create-scope";
import { updateScope } from "@/lib/services/scopes/update-scope";
import { readScopeValues, toScopeInput } from "./_components/scope-values";

export async function submitNewScope(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, formPlaces.newScope, async (context) => {
    await createScope(context, toScopeInput(readScopeValues((name) => readTexts(form, name))));
    return "/o/scopes/";
  });
}

/** Saves the form of the scope `name`. */
export async function submitScope(name: string, _state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, formPlaces.scope(name), async (context) => {
    await updateScope(context, { ...toScopeInput(readScopeValues((field) => readTexts(form, field))), name });
    return "/o/scopes/";
  });
}
