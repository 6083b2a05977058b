"use server";

import { type FormState, readTexts, runFormAction } from "@/lib/http/forms/form-action";
import { formPlaces } from "@/lib/http/forms/form-places";
import { setAccountNotice } from "@/lib/http/pages/account-notice";
import { updateProfile } from "@/lib/services/users/update-profile";
import { readProfileValues, toProfileInput } from "./profile/_components/profile-values";

export async function submitProfile(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, formPlaces.profile, async (context) => {
    await updateProfile(context, toProfileInput(readProfileValues((name) => readTexts(form, name))));
    await setAccountNotice("profile-saved");
    return "/account/";
  });
}
